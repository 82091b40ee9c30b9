"""A displayed table that nobody looks at unsubscribes; a look wakes it."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest

from rtwidget.errors import NotReadyError
from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.feed.sharing.registry import Registry
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from tests.patience import PATIENCE_S


@pytest.fixture
def table() -> MemoryTable:
    return MemoryTable(Schema((Column("id", "int8"),), ("id",)))


@pytest.fixture
def handle(table: MemoryTable) -> Iterator[TableHandle]:
    request = MemoryRequest(table)
    made = TableHandle(request, None, LoopThread("sleepy"), Registry(), sleep_after_s=0.2)
    yield made
    made.close()


def until(handle: TableHandle, state: State) -> None:
    handle.wait(lambda: True if handle.status.state is state else None, 5, f"The state {state}")


def until_asleep(handle: TableHandle, table: MemoryTable) -> None:
    """Look without counting as somebody who looks."""
    deadline = monotonic() + PATIENCE_S
    while handle.status.state is not State.PAUSED or table.streams:
        assert monotonic() < deadline
        handle.signal.wait(handle.signal.level, 0.1)


def test_a_displayed_table_sleeps_and_leaves_the_stream(
    handle: TableHandle, table: MemoryTable
) -> None:
    handle.used(displayed=True)
    until_asleep(handle, table)
    assert handle.status.error is not None
    assert "Asleep" in handle.status.error.message


def test_a_look_wakes_it_and_finds_what_happened_meanwhile(
    handle: TableHandle, table: MemoryTable
) -> None:
    handle.used(displayed=True)
    until_asleep(handle, table)
    table.rows[(1,)] = (1,)
    assert handle.used()
    handle.wait(lambda: True if handle.snapshot().keys == ((1,),) else None, 5, "The row")


def test_a_wait_wakes_it(handle: TableHandle, table: MemoryTable) -> None:
    handle.used(displayed=True)
    until_asleep(handle, table)
    # Until it listens again; live it is only after the passes that follow, which have their own budget.
    handle.wait(lambda: True if table.streams else None, 5, "A stream")


class Listening:
    """A follower that wants every change."""

    attentive = True

    def changed(self, delta: object) -> None: ...

    def told(self, status: object) -> None: ...

    def emptied(self) -> None: ...


def test_a_callback_or_never_being_displayed_keeps_a_table_awake(
    handle: TableHandle, table: MemoryTable
) -> None:
    def stays_awake() -> None:
        with pytest.raises(NotReadyError):
            handle.wait(lambda: handle.status.state is State.PAUSED or None, 0.5, "Sleep")

    until(handle, State.LIVE)
    stays_awake()
    listening = Listening()
    handle.follow(listening)
    handle.used(displayed=True)
    stays_awake()
    handle.unfollow(listening)
    until_asleep(handle, table)
