"""How the status reaches the traits: the newest, no more often than it is read, and never lost."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from queue import Queue
from time import monotonic

from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import State
from rtwidget.widget.calls.callback_thread import CallbackThread
from tests.patience import PATIENCE_S
from tests.unit.widget.calls.statuses import status


def test_the_newest_status_wins_and_the_last_is_always_told() -> None:
    told: list[int] = []
    began, go_on = threading.Event(), threading.Event()

    def tell(one: Status) -> None:
        told.append(one.rows)
        began.set()
        go_on.wait(PATIENCE_S)

    events = CallbackThread("t", tell)
    events.told(status(1))
    assert began.wait(PATIENCE_S)
    for rows in (2, 3, 4):
        events.told(status(rows))
    go_on.set()
    events.close(status(5))
    assert told[0] == 1
    assert told[-1] == 5
    assert set(told) <= {1, 4, 5}
    assert not events._thread.is_alive()


def test_a_status_of_the_same_state_is_told_once_a_second_and_never_lost() -> None:
    told: Queue[tuple[int, float]] = Queue()
    events = CallbackThread("t", lambda status: told.put((status.rows, monotonic())))
    events.told(status(0))
    first = told.get(timeout=PATIENCE_S)
    for rows in range(1, 50):
        events.told(status(rows))
    last = told.get(timeout=PATIENCE_S)
    assert (first[0], last[0]) == (0, 49)
    assert last[1] - first[1] >= 0.9
    events.close(status(50))
    assert told.get(timeout=PATIENCE_S)[0] == 50


def test_a_status_of_another_state_is_told_at_once() -> None:
    told: Queue[float] = Queue()
    events = CallbackThread("t", lambda _status: told.put(monotonic()))

    def delay_s() -> float:
        events.told(status(1))
        first = told.get(timeout=PATIENCE_S)
        events.told(Status(State.OFFLINE, datetime.now(UTC), 2))
        return told.get(timeout=PATIENCE_S) - first

    # A machine may be slow at one moment; a delay of ours would be there each time.
    assert any(delay_s() < 0.9 for _ in range(10))
    events.close(status(3))
