"""The values of a column with how often each occurs, for choosing among them. Pure; any thread."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.arrow_table import picked
from rtwidget.store.snapshot import Snapshot
from rtwidget.store.typed import column


def distinct(snapshot: Snapshot, position: int, limit: int) -> list[tuple[str | None, int]]:
    """Return the most frequent values of a column as people read them, None for null, each with its count.

    Args:
        snapshot: The rows.
        position: The column.
        limit: How many values at most.
    """
    values = picked(column(snapshot, position, ()), snapshot, None)
    counted = pc.value_counts(values)
    texts, counts = counted.field("values"), np.asarray(counted.field("counts"))
    # The most frequent first, ties by their text.
    order = np.asarray(
        pc.sort_indices(
            pa.table({"counts": counts, "texts": texts}),
            sort_keys=[("counts", "descending"), ("texts", "ascending")],
        )
    )[:limit]
    return list(zip(texts.take(pa.array(order)).to_pylist(), counts[order].tolist(), strict=True))
