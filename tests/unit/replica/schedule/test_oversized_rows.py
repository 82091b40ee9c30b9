"""Rows that are too large to be read: when each is tried again, and when it is forgotten."""

from __future__ import annotations

from rtwidget.errors import ReadTooLargeError
from rtwidget.replica.budgets import RECONNECT_CAP_S, UNREAD_BASE_S
from rtwidget.replica.schedule.oversized_rows import UnreadRows

FIRST, SECOND = (1,), (2,)


def test_without_any_nothing_is_due() -> None:
    unread = UnreadRows()
    assert (len(unread), unread.error, unread.next_at(), unread.due(1e9)) == (0, None, None, None)
    assert not unread.keep(())


def test_each_waits_longer_and_longer_and_for_itself() -> None:
    unread, error = UnreadRows(), ReadTooLargeError("It is.")
    waits = []
    for _ in range(6):
        unread.failed(FIRST, error, 100.0)
        waits.append((unread.next_at() or 0.0) - 100.0)
    assert waits == [UNREAD_BASE_S * factor for factor in (1, 2, 4, 8)] + [RECONNECT_CAP_S] * 2
    unread.failed(SECOND, ReadTooLargeError("Another."), 100.0)
    assert unread.error is error
    assert unread.due(100.0 + UNREAD_BASE_S - 0.1) is None
    assert unread.due(100.0 + UNREAD_BASE_S) == SECOND
    assert FIRST in unread
    assert (3,) not in unread


def test_those_that_are_dirty_no_more_are_forgotten() -> None:
    unread = UnreadRows()
    for key in (FIRST, SECOND):
        unread.failed(key, ReadTooLargeError("It is."), 0.0)
    assert not unread.keep({FIRST: 1, SECOND: 2})
    assert unread.keep({SECOND: 2})
    assert (len(unread), unread.due(UNREAD_BASE_S)) == (1, SECOND)
