"""What a refusal means whichever way it came, and what to do: a hint speaks of arguments that were given, and of no others."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

TOO_LARGE_CODES = ("54000", "54", "53200", "53400")
"""SQLSTATEs, or the first two characters of a class, of a server at a limit that a smaller answer may keep."""
_TOO_LARGE_WORDS = (
    "invalid memory alloc request size",
    "out of memory",
    "enlarge string buffer",
    "query timeout",  # PgBouncer's, as a protocol violation
)
# The arguments in which a column can be named, in the order in which they are told.
_NAMING = ("columns", "filter", "order_by", "primary_key", "version")


def says_too_large(message: str) -> bool:
    """Return whether a server's words mean that a smaller answer may come, whatever its code is (any thread)."""
    return any(words in message for words in _TOO_LARGE_WORDS)


def refusal_hints(given: AbstractSet[str]) -> dict[str, str]:
    """Return the hints by what was refused: `names`, `values`, its `size`, or the `time` that it took (any thread).

    Args:
        given: The names of the arguments that the user gave.
    """
    naming = [f"`{name}=`" for name in _NAMING if name in given]
    listed = " and ".join(filter(None, (", ".join(naming[:-1]), *naming[-1:])))
    filtered = "filter" in given
    return {
        "names": f"Check the names in {listed}."
        if naming
        else "Check the table's columns; `t.refresh()` reads them again.",
        "values": "Check that the values in `filter=` fit the types of their columns."
        if filtered
        else "Check the view or the policies of the table, or name other key columns by `primary_key=`.",
        "size": "It is asked for in smaller parts; ask for fewer `columns=` where that does not help.",
        "time": f"Ask for fewer `columns=`, or add an index for {'the `filter=` and ' if filtered else ''}the key.",
    }


def dotted_name(schema: str, table: str) -> str:
    """Return what to do about a name that may hold its schema; empty for any other (any thread).

    Args:
        schema: The schema that was asked for.
        table: The table's name as it was given.
    """
    before, dot, name = table.partition(".")
    # A name with a dot is legal, so it is asked for as it is, and this is only ever a hint.
    if not (dot and before and name):
        return ""
    given = "" if schema == "public" else f" instead of {schema!r}"
    return f'For the table {name} in the schema {before} pass `"{name}", schema="{before}"`{given}.'
