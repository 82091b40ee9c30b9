"""Rows stand in the order of their runs, whichever of them grows."""

from __future__ import annotations

from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.segment import folded
from rtwidget.store.chunks.segment_runs import OFFSET, SegmentRuns


def kinds() -> tuple[Kind, ...]:
    return (Kind.INT,)


def rows_of(runs: SegmentRuns) -> list[object]:
    return [
        segment.row(offset)[0]
        for segment in runs
        for offset in range(len(segment.alive))
        if segment.alive[offset]
    ]


def test_each_run_grows_at_its_own_end_and_fills_segments() -> None:
    runs = SegmentRuns(segment_rows=2)
    first, second = runs.open(2)
    for row, run in ((20, second), (10, first), (21, second), (22, second), (11, first), (0, 0)):
        place = runs.add((row,), 1, run, kinds)
        assert runs.segment(place).row(place & OFFSET) == (row,)
    assert rows_of(runs) == [0, 10, 11, 20, 21, 22]
    assert sum(1 for _ in runs) == 4
    assert runs.unfolded_rows == 6


def test_a_segment_is_replaced_in_its_place_and_one_without_rows_goes() -> None:
    runs = SegmentRuns(segment_rows=2)
    for row in range(6):
        runs.add((row,), 1, 0, kinds)
    first, middle, last = runs
    capture = middle.capture()
    middle.install(capture, *folded([capture], kinds()))
    other = runs.compacted(middle, kinds())
    runs.replace(middle, other)
    assert list(runs) == [first, other, last]
    assert other.number not in {first.number, middle.number, last.number}
    runs.drop(first)
    assert list(runs) == [other, last]
    assert runs.most_unfolded is last
