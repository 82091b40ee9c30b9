"""What differs between two rows and between two snapshots."""

from __future__ import annotations

import pytest

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Cell
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.difference import difference, differing
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import EMPTY
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


def test_only_named_columns_are_looked_at_for_other_types() -> None:
    row: tuple[Cell, ...] = (1, True, "a")
    assert differing(row, (1, 1, "a")) == {1}
    assert differing(row, (1, 1, "a"), mixed=[2]) == frozenset()
    assert differing(row, (1, 1, "b"), mixed=[1, 2]) == {1, 2}


def test_what_came_changed_and_went_between_two_snapshots() -> None:
    rows = KeyedRows(Schema((Column("id", "int8"), Column("name", "text")), ("id",)))
    for key in range(4):
        rows.put((key,), (key, "a"), 1)
    before = rows.snapshot(1)
    rows.put((1,), (1, "b"), 2)
    rows.put((9,), (9, "a"), 2)
    rows.remove((0,))
    after = rows.snapshot(2)
    assert difference(before, after) == Delta({(9,)}, {(1,): frozenset({1})}, {(0,)})
    assert not difference(after, after)
    assert difference(EMPTY, before).inserted == {(key,) for key in range(4)}
