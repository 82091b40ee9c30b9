"""Rows that move: folded while they change, packed when most are gone."""

from __future__ import annotations

from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.segment import Segment, folded
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.rows import KeyedRows

KINDS = (Kind.INT, Kind.TEXT, Kind.TEXT)
SCHEMA = Schema((Column("id", "int8"), Column("a", "text"), Column("b", "text")), ("id",))


def test_a_cell_that_changes_while_its_row_is_folded_is_in_the_next_picture() -> None:
    segment = Segment(0, KINDS)
    segment.add((1, "old", "old"), 1)
    first = segment.capture()
    segment.install(first, folded([first], KINDS)[0])
    segment.change(0, (1, "new", "old"), 2, frozenset({1}))
    under_way = segment.capture()
    segment.change(0, (1, "new", "newest"), 3, frozenset({2}))
    segment.install(under_way, folded([under_way], KINDS)[0])
    (chunk,) = folded([segment.capture()], KINDS)
    assert chunk.row(0) == (1, "new", "newest")
    assert segment.row(0) == (1, "new", "newest")


def test_a_fold_that_comes_too_late_changes_nothing() -> None:
    segment = Segment(0, KINDS)
    segment.add((1, "a", "b"), 1)
    slow, fast = segment.capture(), segment.capture()
    segment.install(fast, folded([fast], KINDS)[0])
    segment.change(0, (1, "z", "b"), 2, frozenset({1}))
    segment.install(slow, folded([slow], KINDS)[0])
    assert segment.row(0) == (1, "z", "b")
    assert folded([segment.capture()], KINDS)[0].row(0) == (1, "z", "b")


def test_rows_that_a_read_saw_unchanged_are_still_seen_after_others_went() -> None:
    rows = KeyedRows(SCHEMA, SegmentSizes(segment_rows=16, fold_rows=4, unfolded_rows=8))
    for number in range(16):
        rows.put((number,), (number, "a", "b"), 1)
    for number in range(16):
        rows.note((number,), 5)
    for number in range(13):
        rows.remove((number,))
    assert rows.unseen_since(5) == []
    assert [rows.seen((number,)) for number in (13, 14, 15)] == [5, 5, 5]
    assert [rows.stamp((number,)) for number in (13, 14, 15)] == [1, 1, 1]
