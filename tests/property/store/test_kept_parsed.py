"""Rows that changed bit by bit, with a frame after each step, are what they are when they are put at once."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
import pytest

from rtwidget.replica.keys import Cell, JsonText, NumberText, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.arrow.arrow_table import to_arrow
from rtwidget.store.cells.number_text import number_cell
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.dataframes.incremental_frame import MadeFrame, next_frame
from rtwidget.store.order.ordering import Order, sorted_slots
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot

SMALL = SegmentSizes(segment_rows=8, fold_rows=3, unfolded_rows=5)
ALIKE: dict[str, tuple[str | None, tuple[Cell, ...]]] = {
    "number": (None, (1, -2, 9007199254740993, *map(NumberText, ("0.1", "1.50", "1e-7", "-0")), "NaN")),
    "money": ("numeric", (3, *map(NumberText, ("1.50", "2.25", "0.12345678901234567890", "1e40")), "NaN")),
    "float": ("float8", (10000000000, *map(NumberText, ("0.1", "1e+300", "1.5e-07")), "Infinity")),
    "at": (None, ("2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00.5+05:30", "1890-01-01T00:00:00+00:53:28")),
    "far": ("timestamptz", ("2024-01-01T00:00:00+00:00", "infinity", "2024-01-01T00:00:00+02:00")),
    "wall": ("timestamp", ("2024-01-01T00:00:00", "2024-01-01T00:00:00.120", "0044-03-15T10:00:00 BC")),
    "day": (None, ("2024-02-29", "0001-01-01", "2024-03-01")),
    "count": ("int8", (5, "7", "-1")),
    "any": (None, (1, "a", True, JsonText("[1]"), NumberText("0.5"))),
}  # fmt: skip
"""Values of columns that are kept in several ways, with the type that is named for them."""
SCHEMA = Schema((Column("id", "int8"), *(Column(name, ALIKE[name][0]) for name in ALIKE)), ("id",))
ORDERS = ((), (Order("at"), Order("number")), (Order("far", descending=True),))


@pytest.mark.parametrize("seed", range(12))
def test_a_chain_of_frames_equals_one_frame(seed: int) -> None:
    chance = Random(seed)
    orders = ORDERS[seed % len(ORDERS)]
    bit_by_bit, at_once = KeyedRows(SCHEMA, SMALL), KeyedRows(SCHEMA, SMALL)
    made: MadeFrame | None = None
    there: set[int] = set()
    steps = 25
    for number in range(steps):
        action, key = chance.choice(["put", "put", "put", "look", "remove"]), chance.randrange(20)
        cells = [chance.choice((None, *values)) for _, values in ALIKE.values()]
        if action == "put":
            row: Row = (key, *map(as_read, cells))
            there.add(key)
            for rows in (bit_by_bit, at_once):
                rows.put((key,), row, number)
        elif action == "remove" and key in there:
            there.remove(key)
            for rows in (bit_by_bit, at_once):
                rows.remove((key,))
        if action == "look" or number == steps - 1:
            sorted_slots(bit_by_bit.lazy_snapshot(), orders)
            made = next_frame(bit_by_bit.snapshot(number), "float", orders, made)
    if made is not None:
        whole = at_once.snapshot(0)
        expected = next_frame(whole, "float", orders, None)
        pd.testing.assert_frame_equal(made.frame, expected.frame)
        assert made.warnings == expected.warnings
        assert same_order(made.snapshot, bit_by_bit.lazy_snapshot(), orders)
        tables = [to_arrow(one, orders=orders, tell=quiet) for one in (made.snapshot, whole)]
        assert tables[0].schema == tables[1].schema
        # As text, because NaN equals nothing.
        assert repr(tables[0].to_pydict()) == repr(tables[1].to_pydict())
        assert made.snapshot.rows == whole.rows


def quiet(_column: str, _said: str) -> None:
    """Warn nobody."""


def as_read(cell: Cell) -> Cell:
    return number_cell(cell) if isinstance(cell, NumberText) else cell


def same_order(one: Snapshot, other: Snapshot, orders: tuple[Order, ...]) -> bool:
    return np.array_equal(sorted_slots(one, orders), sorted_slots(other, orders))
