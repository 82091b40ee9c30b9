"""Keyed rows: what is stored, what changed, and pictures that stay as they were."""

from __future__ import annotations

from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.rows import KeyedRows

SCHEMA = Schema((Column("id"), Column("name"), Column("n")), ("id",))


def test_a_put_says_which_columns_differ() -> None:
    rows = KeyedRows(SCHEMA)
    assert rows.put((1,), (1, "a", 5), stamp=1) is None
    assert rows.put((1,), (1, "a", 5), stamp=2) == frozenset()
    assert rows.put((1,), (1, "b", 6), stamp=3) == frozenset({1, 2})
    assert rows.stamp((1,)) == 3
    assert rows.stamp((2,)) is None


def test_rows_with_older_stamps_are_found_and_removed() -> None:
    rows = KeyedRows(SCHEMA)
    for key in range(4):
        rows.put((key,), (key, "a", 0), stamp=key)
    assert rows.unseen_since(2) == [(0,), (1,)]
    rows.remove((0,))
    assert len(rows) == 3
    rows.clear()
    assert len(rows) == 0


def test_a_snapshot_stays_as_it_was() -> None:
    rows = KeyedRows(SCHEMA)
    rows.put((1,), (1, "a", 5), stamp=1)
    before = rows.snapshot(7)
    rows.put((1,), (1, "b", "many"), stamp=2)
    rows.put((2,), (2, "c", None), stamp=2)
    assert (before.revision, before.keys, before.rows) == (7, ((1,),), ((1, "a", 5),))
    assert before.kinds == (Kind.INT, Kind.TEXT, Kind.INT)
    after = rows.snapshot(8)
    assert after.kinds == (Kind.INT, Kind.TEXT, Kind.TEXT)
    assert after.column(1) == ["b", "c"]
