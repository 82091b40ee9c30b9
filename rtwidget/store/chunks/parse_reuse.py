"""What was parsed of a column stays beside it when rows change: only what is new is parsed. Pure; any thread."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from rtwidget.store.cells.exact_numbers import EXACT, ROUNDED, column_as_floats
from rtwidget.store.cells.stored_column import StoredColumn, all_null
from rtwidget.store.cells.typed_arrays import typed_array


def match_encoding(stored: StoredColumn, patch: StoredColumn) -> StoredColumn | None:
    """Return a column in the encoding of what it is joined to, or None where its cells would have to be encoded again."""
    if patch.encoding is stored.encoding:
        return stored
    if all_null(stored):
        return StoredColumn(patch.encoding, pa.nulls(len(stored.array), patch.array.type))
    return None


def pair_arrays(stored: StoredColumn, patch: StoredColumn) -> list[tuple[pa.Array, pa.Array]]:
    """Return the arrays of both, first the cells, then what was parsed of them."""
    found = [(stored.array, patch.array)]
    for array in list(stored.derived.values()):
        piece = typed_array(patch, array.type) if isinstance(array, pa.Array) else None
        if piece is not None:
            found.append((array, piece))
    return found


def join_arrays(
    stored: StoredColumn, patch: StoredColumn, arrays: Sequence[pa.Array]
) -> StoredColumn:
    """Return the column that has these arrays.

    Args:
        stored: The column as it was.
        patch: What was put in.
        arrays: Of both together, in the order of `pair_arrays`.
    """
    cells, *parsed = arrays
    made = StoredColumn(stored.encoding, cells, {str(array.type): array for array in parsed})
    # Both parts exact make an exact whole. Otherwise it is asked again: the odd number may be the one that went.
    for name in (EXACT, ROUNDED):
        if (
            stored.derived.get(name)
            and column_as_floats(patch, rounding=name == ROUNDED) is not None
        ):
            made.derived[name] = True
    return made
