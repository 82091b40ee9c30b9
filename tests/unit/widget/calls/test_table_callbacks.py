"""`on_change`: what changes in a table reaches the user's functions, until they are taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from queue import Queue

import pytest

from rtwidget.errors import ArgumentError, ForkedError
from rtwidget.feed.changes import Change
from rtwidget.sources import forking
from rtwidget.sources.memory import MemoryTable
from rtwidget.widget.live_table import LiveTable
from tests.patience import PATIENCE_S


def put(table: LiveTable, source: MemoryTable, key: int, n: int) -> None:
    table._handle.call_and_wait(lambda: source.put((key, f"name {key}", n)))


def test_a_change_reaches_the_function_with_the_keys_of_the_index(
    table: LiveTable, source: MemoryTable
) -> None:
    told: Queue[Change] = Queue()
    table.wait_ready()
    table.on_change(told.put)
    put(table, source, 1, 70)
    assert told.get(timeout=PATIENCE_S).updated == (1,)


def test_a_function_that_was_taken_back_is_called_no_more(
    table: LiveTable, source: MemoryTable
) -> None:
    told: Queue[str] = Queue()

    def first(_change: Change) -> None:
        told.put("first")

    def second(_change: Change) -> None:
        told.put("second")

    table.wait_ready()
    table.on_change(first)
    table.on_change(first, remove=True)
    table.on_change(second)
    put(table, source, 1, 70)
    assert told.get(timeout=PATIENCE_S) == "second"
    assert len(table._events._callbacks) == 1


def test_what_is_no_function_is_refused_and_can_be_taken_back_all_the_same(
    table: LiveTable,
) -> None:
    with pytest.raises(ArgumentError, match="what changed"):
        table.on_change(lambda: None)  # type: ignore[arg-type, misc]
    assert not table._events.attentive
    table.on_change(lambda: None, remove=True)  # type: ignore[arg-type, misc]


def test_who_wants_to_hear_of_changes_wakes_the_table(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[bool] = []
    monkeypatch.setattr(table._handle, "used", lambda: used.append(table._events.attentive))
    table.on_change(print, remove=True)
    assert used == []
    table.on_change(print)
    assert used == [True]


def test_a_forked_process_registers_nothing(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.wait_ready()
    with monkeypatch.context() as forked:
        forked.setattr(forking, "_now", forking.Process(datetime.now(UTC)))
        with pytest.raises(ForkedError):
            table.on_change(print)
    assert not table._events.attentive
