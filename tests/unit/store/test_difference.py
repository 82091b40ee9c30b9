"""What differs between two rows and between two snapshots."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.rows import KeyedRows
from tests.unit.store.snapshots import json_text, number


@pytest.mark.parametrize(
    ("before", "after"),
    [(True, 1), (1, True), (number("1.5"), "1.5"), (json_text("[1]"), "[1]")],
)
def test_a_cell_of_another_type_is_another_one(before: Cell, after: Cell) -> None:
    rows = KeyedRows(Schema((Column("id"), Column("data", "jsonb"), Column("n", "int4")), ("id",)))
    rows.put((1,), (1, before, 0), 1)
    assert rows.put((1,), (1, after, 0), 2) == frozenset({1})
    found = rows.snapshot(1).rows[0][1]
    assert (found, type(found)) == (after, type(after))
