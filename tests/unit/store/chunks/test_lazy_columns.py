"""Columns that are folded when somebody asks hold what the rows of each segment hold."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rtwidget.replica.keys import Cell, Row
from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks import lazy_columns
from rtwidget.store.chunks.lazy_columns import CaptureColumns, LazyColumns
from rtwidget.store.chunks.segment import Capture, Segment, folded

KINDS = (Kind.INT, Kind.TEXT)


def segment(number: int, rows: Sequence[Row]) -> Segment:
    """Return a segment whose rows are folded, as they are after a first pass."""
    made = Segment(number, KINDS)
    for row in rows:
        made.add(row, 1)
    capture = made.capture()
    made.install(capture, folded([capture], KINDS)[0])
    return made


def captures(cell: Cell = "B") -> list[Capture]:
    """Return one segment with a changed cell, one untouched, and one with a changed and an added row."""
    first, second, third = (
        segment(number, [(number * 10 + one, name) for one, name in enumerate("abc")])
        for number in range(3)
    )
    first.change(1, (1, cell), 2, frozenset({1}))
    third.change(0, (20, None), 2, frozenset({1}))
    third.add((23, "d"), 2)
    return [first.capture(), second.capture(), third.capture()]


def column(lazy: LazyColumns, position: int) -> list[list[Cell]]:
    return [cells_of(stored) for stored in lazy.column(position)]


@pytest.mark.parametrize("cell", ["B", 7, None])
def test_each_capture_gets_its_own_cells(cell: Cell) -> None:
    lazy = LazyColumns(captures(cell), KINDS)
    assert column(lazy, 1) == [["a", cell, "c"], ["a", "b", "c"], [None, "b", "c", "d"]]
    assert column(lazy, 0) == [[0, 1, 2], [10, 11, 12], [20, 21, 22, 23]]


def test_what_would_be_too_much_for_one_array_is_folded_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = column(LazyColumns(captures(), KINDS), 1)
    monkeypatch.setattr(lazy_columns, "_MOST_BYTES", 0)
    assert column(LazyColumns(captures(), KINDS), 1) == expected


def test_a_column_is_folded_once_and_one_that_nothing_touched_never() -> None:
    taken = captures()
    lazy = LazyColumns(taken[:2], KINDS)
    assert lazy.column(1) is lazy.column(1)
    assert lazy.column(0)[0] is taken[0].chunk.columns[0]
    assert lazy.column(1)[1] is taken[1].chunk.columns[1]


def test_the_columns_of_one_capture_are_a_sequence() -> None:
    mine = CaptureColumns(LazyColumns(captures(), KINDS), 2, len(KINDS))
    assert len(mine) == 2
    assert [cells_of(one)[-1] for one in mine] == [23, "d"]
    assert [cells_of(one)[-1] for one in mine[1:]] == ["d"]
    with pytest.raises(IndexError):
        mine[2]
