"""What to do about a query that was refused: a hint speaks of arguments that were given, and of no others."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

_NAMING = ("columns", "filter", "order_by", "primary_key", "version")


def refusal_hints(given: AbstractSet[str]) -> dict[str, str]:
    """Return the hints by what was refused: `names`, `values`, or the `time` that it took (any thread).

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
        "time": f"Ask for fewer `columns=`, or add an index for {'the `filter=` and ' if filtered else ''}the key.",
    }
