"""The counter of changes and the times of the last ones."""

from __future__ import annotations

from rtwidget.replica.delta import Delta
from rtwidget.view.frames.change_log import MOST_TIMES, ChangeLog
from tests.unit.view.page import Page

A, B, C = (1,), (2,), (3,)


def test_rows_that_changed_are_counted_and_timed() -> None:
    log = ChangeLog()
    assert log.times([A, B]) is None
    log.changed(Delta(inserted={A}, updated={B: frozenset({1})}, removed={C}), 100.0)
    log.changed(Delta(updated={B: frozenset({1})}), 101.0)
    assert log.count == 4
    assert log.times([A, B, C]) == [100.0, 101.0, None]
    log.changed(Delta(removed={A, B}), 102.0)
    assert log.times([A, B]) is None


def test_only_the_last_changes_are_remembered() -> None:
    log = ChangeLog()
    log.changed(Delta(updated={A: frozenset()}), 1.0)
    log.changed(Delta(inserted={(-key,) for key in range(1, MOST_TIMES)}), 2.0)
    log.changed(Delta(updated={A: frozenset()}), 3.0)
    log.changed(Delta(inserted={B, C}), 4.0)
    assert log.times([A, B]) == [3.0, 4.0]
    assert len(log._times) == MOST_TIMES
    log.clear()
    assert log.times([A, B]) is None
    assert log.count == MOST_TIMES + 3


def test_a_frame_tells_the_changes_and_their_times(page: Page) -> None:
    page.hello()
    page.painted()
    frame = page.frames()[-1]
    assert frame["changes"] == 0
    assert "times" not in frame
    count = len(page.frames())
    page.do(page.table.put, (1, "one", 1))
    frame = page.frame(count + 1)
    assert frame["changes"] == 1
    assert [time is not None for time in frame["times"]] == [False, True, False, False, False]
