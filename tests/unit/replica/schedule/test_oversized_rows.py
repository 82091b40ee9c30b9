"""Rows that are too large to be read: when each is tried again, and when it is forgotten."""

from __future__ import annotations

from rtwidget.errors import ReadTooLargeError
from rtwidget.replica.budgets import OVERSIZED_BASE_S, RECONNECT_CAP_S
from rtwidget.replica.schedule.oversized_rows import OversizedRows

FIRST, SECOND = (1,), (2,)


def test_without_any_nothing_is_due() -> None:
    oversized = OversizedRows()
    assert (len(oversized), oversized.error, oversized.next_at(), oversized.due(1e9)) == (
        0,
        None,
        None,
        None,
    )
    assert not oversized.keep(())


def test_each_waits_longer_and_longer_and_for_itself() -> None:
    oversized, error = OversizedRows(), ReadTooLargeError("It is.")
    waits = []
    for _ in range(6):
        oversized.failed(FIRST, error, 100.0)
        waits.append((oversized.next_at() or 0.0) - 100.0)
    assert waits == [OVERSIZED_BASE_S * factor for factor in (1, 2, 4, 8)] + [RECONNECT_CAP_S] * 2
    oversized.failed(SECOND, ReadTooLargeError("Another."), 100.0)
    assert oversized.error is error
    assert oversized.due(100.0 + OVERSIZED_BASE_S - 0.1) is None
    assert oversized.due(100.0 + OVERSIZED_BASE_S) == SECOND
    assert FIRST in oversized
    assert (3,) not in oversized


def test_those_that_are_dirty_no_more_are_forgotten() -> None:
    oversized = OversizedRows()
    for key in (FIRST, SECOND):
        oversized.failed(key, ReadTooLargeError("It is."), 0.0)
    assert not oversized.keep({FIRST: 1, SECOND: 2})
    assert oversized.keep({SECOND: 2})
    assert (len(oversized), oversized.due(OVERSIZED_BASE_S)) == (1, SECOND)
