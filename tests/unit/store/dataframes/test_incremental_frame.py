"""A frame that is made from the one before."""

from __future__ import annotations

import numpy as np

from rtwidget.replica.schema import Column, Schema
from rtwidget.store.dataframes.incremental_frame import next_frame
from rtwidget.store.rows import KeyedRows
from tests.unit.store.snapshots import number


def test_a_frame_shares_what_nothing_touched_and_belongs_to_its_reader() -> None:
    rows = KeyedRows(Schema((Column("id"), Column("a"), Column("b")), ("id",)))
    for key in range(3):
        rows.put((key,), (key, key, number("0.5")), 1)
    before = next_frame(rows.snapshot(1), "float", (), None)
    rows.put((1,), (1, 7, number("0.5")), 2)
    after = next_frame(rows.snapshot(2), "float", (), before)
    assert after.frame["a"].tolist() == [0, 7, 2]
    assert before.frame["a"].tolist() == [0, 1, 2]
    assert np.shares_memory(after.frame["b"].to_numpy(), before.frame["b"].to_numpy())
    assert after.frame["b"].tolist() == [0.5] * 3
