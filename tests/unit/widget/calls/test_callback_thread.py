"""The thread on which callbacks run: coalesced changes, shown exceptions, and a last word."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from queue import Queue
from time import monotonic

import pytest

from rtwidget.feed.changes import Change
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.states.table_state import State
from rtwidget.widget.calls.callback_thread import CallbackThread
from tests.patience import PATIENCE_S


def status(rows: int) -> Status:
    return Status(State.LIVE, datetime.now(UTC), rows)


def test_callbacks_get_what_changed_on_a_thread_of_the_table() -> None:
    got: Queue[tuple[Change, str]] = Queue()
    events = CallbackThread("t", lambda _status: None)
    events.add(lambda change: got.put((change, threading.current_thread().name)))
    events.changed(Delta(inserted={(1,)}))
    change, thread = got.get(timeout=PATIENCE_S)
    assert change.inserted == (1,)
    assert thread == "rtwidget-t"
    events.close(status(0))


def test_changes_gather_while_a_callback_is_busy() -> None:
    got: Queue[Change] = Queue()
    go_on, began = threading.Event(), threading.Event()

    def slow(change: Change) -> None:
        began.set()
        go_on.wait(PATIENCE_S)
        got.put(change)

    events = CallbackThread("t", lambda _status: None)
    events.add(slow)
    events.changed(Delta(inserted={(0,)}))
    assert began.wait(PATIENCE_S)
    for key in range(1, 100):
        events.changed(Delta(inserted={(key,)}))
    go_on.set()
    assert got.get(timeout=PATIENCE_S).inserted == (0,)
    assert sorted(got.get(timeout=PATIENCE_S).inserted) == list(range(1, 100))
    events.close(status(0))
    assert got.empty()


def test_an_exception_is_shown_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    got: Queue[Change] = Queue()

    def broken(change: Change) -> None:
        raise ZeroDivisionError(f"broken by {change.inserted}")

    events = CallbackThread("t", lambda _status: None)
    events.add(broken)
    events.add(got.put)
    for key in (1, 2):
        events.changed(Delta(inserted={(key,)}))
        assert got.get(timeout=PATIENCE_S).inserted == (key,)
    events.close(status(0))
    shown = capsys.readouterr().err
    assert "ZeroDivisionError: broken by (1,)" in shown
    assert "ZeroDivisionError: broken by (2,)" in shown


@pytest.mark.parametrize("raised", [SystemExit, KeyboardInterrupt, asyncio.CancelledError])
def test_what_ends_a_program_elsewhere_ends_no_table(
    raised: type[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    got: Queue[Change] = Queue()
    told: Queue[int] = Queue()

    def gives_up(_change: Change) -> None:
        raise raised("enough")

    events = CallbackThread("t", lambda status: told.put(status.rows))
    events.add(gives_up)
    events.add(got.put)
    for key in (1, 2):
        events.changed(Delta(inserted={(key,)}))
        assert got.get(timeout=PATIENCE_S).inserted == (key,)
    events.told(status(7))
    assert told.get(timeout=PATIENCE_S) == 7
    events.close(status(8))
    assert f"{raised.__name__}: enough" in capsys.readouterr().err


def test_a_removed_callback_is_called_no_more_and_an_unknown_one_is_left_alone() -> None:
    removed: list[Change] = []
    got: Queue[Change] = Queue()
    events = CallbackThread("t", lambda _status: None)
    events.add(removed.append)
    events.add(got.put)
    assert events.attentive
    events.remove(removed.append)
    events.remove(print)
    events.changed(Delta(inserted={(1,)}))
    got.get(timeout=PATIENCE_S)
    events.close(status(0))
    assert removed == []
    events.remove(got.put)
    assert not events.attentive


def test_what_changed_before_a_table_was_emptied_is_not_told() -> None:
    got: Queue[Change] = Queue()
    began, go_on = threading.Event(), threading.Event()

    def busy(_status: Status) -> None:
        began.set()
        go_on.wait(PATIENCE_S)

    events = CallbackThread("t", busy)
    events.add(got.put)
    events.told(status(0))
    assert began.wait(PATIENCE_S)
    events.changed(Delta(inserted={("ada's",)}))
    events.emptied()
    events.changed(Delta(inserted={("bob's",)}))
    go_on.set()
    assert got.get(timeout=PATIENCE_S).inserted == ("bob's",)
    events.close(status(0))
    assert got.empty()


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


def test_a_callback_may_close_its_own_table() -> None:
    closed = threading.Event()
    events = CallbackThread("t", lambda _status: None)

    def close(_change: Change) -> None:
        events.close(status(0))
        closed.set()

    events.add(close)
    events.changed(Delta(inserted={(1,)}))
    assert closed.wait(PATIENCE_S)
    events._thread.join(PATIENCE_S)
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
