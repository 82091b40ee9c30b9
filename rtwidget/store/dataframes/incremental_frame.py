"""DataFrames of one table, each made from the one before where only cells changed: columns that nothing touched are shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rtwidget.store.dataframes.pandas_cells import ColumnOptions, NumericAs
from rtwidget.store.dataframes.pandas_frame import ordered_frame, series_of, shared
from rtwidget.store.order.ordering import Order, sorted_slots
from rtwidget.store.snapshot import Slots, Snapshot

ColumnWarnings = dict[str, str]
"""What is to be said of columns, by their names."""
Alive = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MadeFrame:
    """A DataFrame and what it was made of.

    Args:
        snapshot: The rows.
        order: Their slots in the order of the frame; None for the snapshot's own.
        frame: The rows as a DataFrame, which nobody may change.
        warnings: What is to be said of its columns.
    """

    snapshot: Snapshot
    order: Slots | None
    frame: pd.DataFrame
    warnings: ColumnWarnings


def next_frame(
    snapshot: Snapshot, numeric: NumericAs, orders: Sequence[Order], before: MadeFrame | None
) -> MadeFrame:
    """Return a snapshot's rows as a DataFrame (any thread).

    Args:
        snapshot: The rows.
        numeric: What numbers with a fraction become.
        orders: The columns to sort by; none for the snapshot's own order.
        before: The frame of an earlier snapshot of the same table, made in the same way.
    """
    warnings: ColumnWarnings = {}
    how = ColumnOptions(numeric, tell=warnings.__setitem__)
    touched = None if before is None else _touched(before.snapshot, snapshot)
    # The key is the index, and what is sorted by decides where rows stand.
    fixed = {*snapshot.schema.key, *(order.column for order in orders)}
    names = snapshot.schema.names
    if before is None or touched is None or not fixed.isdisjoint(names[one] for one in touched):
        order = sorted_slots(snapshot, orders) if orders else None
        return MadeFrame(snapshot, order, ordered_frame(snapshot, how, order), warnings)
    frame, there = shared(before.frame), list(before.frame.columns)
    warnings.update(before.warnings)
    for position in touched:
        warnings.pop(names[position], None)
        column: Any = series_of(snapshot, position, how, before.order).set_axis(frame.index)
        frame.isetitem(there.index(names[position]), column)
    return MadeFrame(snapshot, before.order, frame, warnings)


def _touched(before: Snapshot, after: Snapshot) -> list[int] | None:
    """Return the columns that may differ, or None where the rows are not the same ones in the same places."""
    if before.schema != after.schema or len(before.parts) != len(after.parts) or not after.parts:
        return None
    pairs = list(zip(before.parts, after.parts, strict=True))
    for old, new in pairs:
        # Rows in other places would need another index, and with it every column.
        same = old.segment == new.segment and old.chunk.rows == new.chunk.rows
        if not same or not _equal(old.alive, new.alive):
            return None
    return [
        position
        for position, kinds in enumerate(zip(before.kinds, after.kinds, strict=True))
        if kinds[0] is not kinds[1]
        or any(old.chunk.columns[position] is not new.chunk.columns[position] for old, new in pairs)
    ]


def _equal(old: Alive | None, new: Alive | None) -> bool:
    return old is new or (old is not None and new is not None and np.array_equal(old, new))
