"""The values of a column with how often each occurs, for choosing among them. Pure; any thread."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell
from rtwidget.store.decoding import cells_of
from rtwidget.store.encoding import Encoding, Stored
from rtwidget.store.picking import picked
from rtwidget.store.snapshot import Snapshot
from rtwidget.store.typed import column

_MOST_FREQUENT_FIRST: Final = [("counts", "descending"), ("texts", "ascending")]


def distinct(snapshot: Snapshot, position: int, limit: int) -> list[tuple[Cell, int]]:
    """Return the most frequent values of a column, each with its count; ties in the order of their text.

    Args:
        snapshot: The rows.
        position: The column.
        limit: How many values at most.
    """
    columns = [part.chunk.columns[position] for part in snapshot.parts]
    encodings = {stored.encoding for stored in columns}
    if not encodings:
        return []
    # Where a column's chunks are kept in different ways, its values are told apart by their text.
    encoding = encodings.pop() if len(encodings) == 1 else Encoding.TEXT
    same = encoding is not Encoding.TEXT
    values = (
        pa.chunked_array([one.array for one in columns]) if same else column(snapshot, position, ())
    )
    counted = pc.value_counts(picked(values, snapshot, None))
    found, counts = counted.field("values"), counted.field("counts")
    table = pa.table({"counts": counts, "texts": pc.cast(found, pa.large_string())})
    first = pc.sort_indices(table, sort_keys=_MOST_FREQUENT_FIRST)[:limit]
    texts = found.take(first)
    cells = cells_of(Stored(encoding, texts if same else texts.cast(pa.string())))
    return list(zip(cells, np.asarray(counts.take(first)).tolist(), strict=True))
