"""Which settings decide about the text of values, and what they are wherever keys are written."""

from __future__ import annotations

from collections.abc import Mapping

# Settings that change the text of a value, and with it whether two texts are the same key.
SETTINGS: Mapping[str, str] = {
    "timezone": "UTC",
    "datestyle": "ISO",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
"""Reads and the trigger set all of them, whatever the role's, the writer's or the database's habit is."""
# Text that differs for equal values, or that no part of a key is.
_OWN_WAY = frozenset({"float4", "float8", "json", "jsonb", "record", "tsvector", "xml"})
# Text that further settings change, which are not ours: money is to be shown as the reader's country writes it, and
# policies may rely on the search path, by which `reg*` names are shortened.
_BY_SETTINGS = frozenset(
    f"reg{kind}"
    for kind in (
        *(
            "class",
            "collation",
            "config",
            "database",
            "dictionary",
            "namespace",
            "oper",
            "operator",
        ),
        *("proc", "procedure", "role", "type"),
    )
) | {"money"}
# Nothing is known against these, but they have not been proven either.
_UNPROVEN = frozenset({"bytea", "interval", "timetz"})
INEXACT = _OWN_WAY | _BY_SETTINGS | _UNPROVEN
"""Types whose text in a notification may be another than in an answer."""


def is_exact(types: tuple[str, ...]) -> bool:
    """Whether keys of a column look the same in notifications and answers (any thread).

    Args:
        types: The internal names of its type and of every type within: of domains, arrays, ranges and composites.
    """
    return not any(name in INEXACT or name.startswith("_") for name in types)
