"""The values of a column with how often each occurs, for choosing among them. Pure; any thread."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.order.column_values import present_values, typed_column
from rtwidget.store.order.text_key import text_keys
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.query.view_query import ShownAs

# Letters fold for readers; the text itself decides between those that fold alike, so that no list wavers.
_MOST_FREQUENT_FIRST: Final = [
    ("counts", "descending"),
    ("keys", "ascending"),
    ("texts", "ascending"),
]
_BY_NAME: Final = frozenset({Kind.BOOL, Kind.UUID})
"""Kinds that are offered as the database wrote them: of uuids the screen has too little, and truth values are typed as words."""


def distinct(
    snapshot: Snapshot, position: int, limit: int, shown_as: ShownAs | None = None
) -> list[tuple[Cell, int]]:
    """Return the most frequent values of a column, each with its count; ties in the order of their text.

    Args:
        snapshot: The rows.
        position: The column.
        limit: How many values at most.
        shown_as: How cells are drawn, to return what stands on the screen; values that look alike are one then, because a filter
            finds them together. None for the values as the database wrote them.
    """
    columns = [part.chunk.columns[position] for part in snapshot.parts]
    encodings = {stored.encoding for stored in columns}
    if not encodings:
        return []
    # Where a column's chunks are kept in different ways, its values are told apart by their text.
    encoding = encodings.pop() if len(encodings) == 1 else Encoding.TEXT
    same = encoding is not Encoding.TEXT
    values = (
        pa.chunked_array([one.array for one in columns])
        if same
        else typed_column(snapshot, position, ())
    )
    counted = pc.value_counts(present_values(values, snapshot, None))
    found, counts = counted.field("values"), counted.field("counts")
    stored = StoredColumn(encoding, found if same else found.cast(pa.string()))
    drawn = None if shown_as is None else _drawn(stored, snapshot, position, shown_as)
    if drawn is not None:
        alike = pa.table({"texts": drawn, "counts": counts}).group_by("texts")
        merged = alike.aggregate([("counts", "sum")]).combine_chunks()
        texts, counts = merged["texts"].combine_chunks(), merged["counts_sum"].combine_chunks()
    else:
        texts = pc.cast(found, TEXT)
    # Null has no letters to fold, and comes last of those that are equally frequent.
    keys = pc.if_else(pc.is_valid(texts), text_keys(texts), pa.scalar(None, TEXT))
    table = pa.table({"counts": counts, "keys": keys, "texts": texts})
    first = pc.sort_indices(table, sort_keys=_MOST_FREQUENT_FIRST)[:limit]
    if drawn is not None:
        cells: list[Cell] = texts.take(first).to_pylist()
    else:
        cells = cells_of(StoredColumn(encoding, stored.array.take(first)))
    return list(zip(cells, np.asarray(counts.take(first)).tolist(), strict=True))


def _drawn(
    stored: StoredColumn, snapshot: Snapshot, position: int, shown_as: ShownAs
) -> pa.Array | None:
    if snapshot.kinds[position] in _BY_NAME:
        return None
    return ShownColumn.of(snapshot, position, shown_as).drawn(stored)
