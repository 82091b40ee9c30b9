"""A column of a snapshot as values of one type or as the text that the database wrote; of the rows that are there, in an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from rtwidget.replica.keys import Cell, JsonText
from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.exact_numbers import column_as_floats
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT, display_text, typed_array
from rtwidget.store.snapshot import Slots, Snapshot

_WRITTEN_OTHERWISE: Final = frozenset({Encoding.MOMENT, Encoding.MOMENT_UTC, Encoding.MIXED})
"""What Arrow writes in another way than PostgreSQL: a space between day and time."""
_PLAIN: Final = frozenset(
    {Encoding.TEXT, Encoding.DATE, Encoding.MOMENT, Encoding.MOMENT_UTC, Encoding.DOCUMENT}
)
_TEXTS: Final = frozenset({str, JsonText, type(None)})


def typed_column(
    snapshot: Snapshot, position: int, types: Sequence[pa.DataType]
) -> pa.ChunkedArray:
    """Return a column, rows that are gone included, as the first of some types that holds all of it, else as text.

    Args:
        snapshot: The rows.
        position: The column.
        types: The types to try, the best one first.
    """
    columns = [part.chunk.columns[position] for part in snapshot.parts]
    # All chunks or none, because values of two types have no order.
    for to in types:
        arrays: list[pa.Array] = []
        for stored in columns:
            array = typed_array(stored, to)
            if array is None:
                break
            arrays.append(array)
        else:
            return pa.chunked_array(arrays, to)
    return pa.chunked_array([typed_array(stored, TEXT) for stored in columns], TEXT)


def float_column(snapshot: Snapshot, position: int, *, rounding: bool) -> pa.ChunkedArray | None:
    """Return a column as float64, rows that are gone included, or None where some number is none.

    Args:
        snapshot: The rows.
        position: The column.
        rounding: Whether the digits that a float64 cannot hold may go, because the column is declared as one.
    """
    arrays = []
    for part in snapshot.parts:
        array = column_as_floats(part.chunk.columns[position], rounding=rounding)
        if array is None:
            return None
        arrays.append(array)
    return pa.chunked_array(arrays, pa.float64())


def present_values(
    values: pa.ChunkedArray, snapshot: Snapshot, order: Slots | None
) -> pa.ChunkedArray:
    """Return the values of the rows that are there, in their order.

    Args:
        values: A column, rows that are gone included, in the chunks of the snapshot's parts.
        snapshot: The rows.
        order: Their slots in another order than the snapshot's, or None.
    """
    if order is not None:
        return pa.chunked_array([values.combine_chunks().take(pa.array(order))], values.type)
    pieces = [
        chunk if part.alive is None else chunk.filter(pa.array(part.alive))
        for part, chunk in zip(snapshot.parts, values.chunks, strict=True)
    ]
    return pa.chunked_array(pieces, values.type)


def written_texts(snapshot: Snapshot, position: int, order: Slots | None) -> pa.ChunkedArray:
    """Return the text of each value as the database wrote it; of a text in JSON, what it says.

    Args:
        snapshot: The rows.
        position: The column.
        order: The slots of the rows in their order; None for the snapshot's own.
    """
    columns = [part.chunk.columns[position] for part in snapshot.parts]
    return present_values(pa.chunked_array(map(_written_texts, columns), TEXT), snapshot, order)


def is_text(snapshot: Snapshot, position: int) -> bool:
    """Return whether every value of the rows that are there is a text."""
    columns = [part.chunk.columns[position] for part in snapshot.parts]
    # These encodings hold nothing but text, which spares a look at each cell.
    if all(stored.encoding in _PLAIN for stored in columns):
        return True
    return _TEXTS.issuperset(map(type, snapshot.column(position)))


def two_sorts(cells: Sequence[Cell]) -> tuple[Cell, Cell]:
    """Return two cells of different sorts, or the same one twice."""
    first: dict[type, Cell] = {}
    for cell in cells:
        if cell is not None:
            first.setdefault(type(cell), cell)
    found = [*first.values(), None, None]
    return (found[0], found[1]) if len(first) > 1 else (found[0], found[0])


def _written_texts(stored: StoredColumn) -> pa.Array:
    if stored.encoding in _WRITTEN_OTHERWISE:
        return pa.array(map(display_text, cells_of(stored)), TEXT)
    return typed_array(stored, TEXT)
