"""The thread on which callbacks run: coalesced changes, shown exceptions, and a last word."""

from __future__ import annotations

import asyncio
import threading
from queue import Queue

import pytest

from rtwidget.feed.changes import Change
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.widget.calls.callback_thread import CallbackThread
from tests.patience import PATIENCE_S
from tests.unit.widget.calls.statuses import status


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
