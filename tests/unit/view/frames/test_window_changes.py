"""What is marked in a frame, and that a flood between two frames holds no memory."""

from __future__ import annotations

from rtwidget.replica.delta import Delta
from rtwidget.view.frames.window_changes import MOST_NEW_ROWS, ChangedRows, WindowChanges
from tests.unit.view.page import Page

A, B, C = (1,), (2,), (3,)


def test_only_rows_of_the_last_frame_are_marked() -> None:
    marks = WindowChanges()
    marks.shown([A, B])
    marks.changed(Delta(updated={A: frozenset({1}), C: frozenset({2})}))
    marks.changed(Delta(updated={A: frozenset({2})}, removed={B, C}, inserted={(9,)}))
    assert marks.take() == ChangedRows({A: frozenset({1, 2})}, {(9,)}, {B})
    assert marks.take() == ChangedRows()


def test_a_row_that_came_back_is_not_gone() -> None:
    marks = WindowChanges()
    marks.shown([A])
    marks.changed(Delta(removed={A}))
    marks.changed(Delta(inserted={A}))
    assert marks.take().gone == set()


def test_a_million_changes_between_two_frames_hold_no_memory() -> None:
    marks = WindowChanges()
    marks.shown([(key,) for key in range(100)])
    for start in range(0, 10_000, 1_000):
        keys = range(start, start + 1_000)
        marks.changed(Delta(updated={(key,): frozenset({0}) for key in keys}))
        marks.changed(Delta(inserted={(-key,) for key in keys}))
    marked = marks.take()
    assert len(marked.cells) == 100
    assert marked.new == set()
    marks.changed(Delta(inserted={(key,) for key in range(MOST_NEW_ROWS)}))
    assert len(marks.take().new) == MOST_NEW_ROWS


def test_a_frame_tells_which_rows_came_and_which_went(page: Page) -> None:
    page.hello(count=40)
    page.painted()
    count = len(page.frames())
    page.do(page.table.put, (77, "new", 0))
    frame = page.frame(count + 1)
    assert [frame["keys"][place] for place in frame["new"]] == ["77"]
    assert "gone" not in frame
    page.painted()
    count = len(page.frames())
    page.do(page.table.delete, (5,))
    frame = page.frame(count + 1)
    assert frame["gone"] == ["5"]
    assert "new" not in frame
