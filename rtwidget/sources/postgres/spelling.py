"""Which settings decide about the text of values, and what they are wherever keys are written."""

from __future__ import annotations

from collections.abc import Mapping

SETTINGS: Mapping[str, str] = {
    "timezone": "UTC",
    "datestyle": "ISO",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
"""Reads and the trigger set all of them, whatever the role's, the writer's or the database's habit is."""
INEXACT = frozenset(
    # Text that differs for equal values, or that a key's part is not.
    "float4 float8 json jsonb record tsvector xml "
    # Text that settings change which are not ours to set: the reads are to show a country's money as it is written
    # there, and policies may rely on the search path.
    "money regclass regcollation regconfig regdatabase regdictionary regnamespace regoper regoperator regproc "
    "regprocedure regrole regtype "
    # Nothing is known against these, but they have not been proven either.
    "bytea interval timetz".split()  # noqa: SIM905
)
"""Types whose text in a notification may be another than in an answer."""


def is_exact(types: tuple[str, ...]) -> bool:
    """Whether keys of a column look the same in notifications and answers (any thread).

    Args:
        types: The internal names of its type and of every type within: of domains, arrays, ranges and composites.
    """
    return not any(name in INEXACT or name.startswith("_") for name in types)
