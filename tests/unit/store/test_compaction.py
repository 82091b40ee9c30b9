"""When overlays are folded and segments are packed."""

from __future__ import annotations

from rtwidget.replica.schema import Column, Schema
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.rows import KeyedRows

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
SIZES = SegmentSizes(segment_rows=16, fold_rows=8, unfolded_rows=12)


def unfolded(rows: KeyedRows) -> list[int]:
    return [len(segment.overlay) for segment in rows._runs]


def test_an_overlay_is_folded_when_it_is_large() -> None:
    rows, seen = KeyedRows(SCHEMA, SIZES), []
    for key in range(16):
        rows.put((key,), (key, "a"), 1)
        seen.append(unfolded(rows)[0])
    assert seen == [*range(1, 8), 0] * 2


def test_the_largest_overlay_is_folded_when_all_together_are_large() -> None:
    rows = KeyedRows(SCHEMA, SIZES)
    for key in range(48):
        rows.put((key,), (key, "a"), 1)
    rows.snapshot(1)
    changed = [*range(7), *range(16, 20), 32]
    for key in changed[:-1]:
        rows.put((key,), (key, "b"), 2)
    assert unfolded(rows) == [7, 4, 0]
    rows.put((32,), (32, "b"), 2)
    assert unfolded(rows) == [0, 4, 1]


def test_a_mostly_empty_segment_is_packed_and_its_rows_are_still_found() -> None:
    rows = KeyedRows(SCHEMA, SIZES)
    for key in range(16):
        rows.put((key,), (key, f"name {key}"), key)
    for key in range(8):
        rows.remove((key,))
    assert [len(segment.alive) for segment in rows._runs] == [16]
    rows.remove((8,))
    assert [len(segment.alive) for segment in rows._runs] == [7]
    assert [rows.row((key,)) for key in (8, 9, 15)] == [None, (9, "name 9"), (15, "name 15")]
    assert [rows.stamp((key,)) for key in (9, 15)] == [9, 15]
