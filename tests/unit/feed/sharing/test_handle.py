"""A table as its owner holds it, over an in-process source."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtwidget.errors import ClosedError, ConnectionLostError, NotReadyError
from rtwidget.feed.runtime.loop_thread import LOOP, LoopThread
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.feed.sharing.registry import Registry
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from tests.patience import PATIENCE_S

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))


class Bench:
    """A loop thread, a registry and a table to play with from the test's thread."""

    def __init__(self) -> None:
        self.loop = LoopThread("test-loop")
        self.loop.acquire()
        self.registry = Registry()
        self.table = MemoryTable(SCHEMA)
        self.handles: list[TableHandle] = []

    def open(self) -> TableHandle:
        handle = TableHandle(MemoryRequest(self.table), None, self.loop, self.registry)
        self.handles.append(handle)
        return handle

    def do(self, function: object, *arguments: object) -> None:
        async def run() -> None:
            assert callable(function)
            function(*arguments)

        self.loop.submit(run()).result(PATIENCE_S)

    def close(self) -> None:
        for handle in self.handles:
            handle.close()
        self.loop.release()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def names(handle: TableHandle) -> dict[object, object]:
    snapshot = handle.snapshot()
    return {key[0]: row[1] for key, row in zip(snapshot.keys, snapshot.rows, strict=True)}


def until(handle: TableHandle, wanted: dict[int, str]) -> None:
    handle.wait(lambda: True if names(handle) == wanted else None, 5, f"The rows {wanted}")


def until_state(handle: TableHandle, state: State) -> None:
    handle.wait(lambda: True if handle.status.state is state else None, 5, f"The state {state}")


def test_follows_inserts_updates_and_deletes(bench: Bench) -> None:
    bench.table.rows[(1,)] = (1, "one")
    handle = bench.open()
    until(handle, {1: "one"})
    until_state(handle, State.LIVE)
    bench.do(bench.table.put, (2, "two"), (1, "uno"))
    until(handle, {1: "uno", 2: "two"})
    bench.do(bench.table.delete, (1,))
    until(handle, {2: "two"})


def test_a_lost_stream_shows_offline_then_live_and_the_missed_rows_are_found(bench: Bench) -> None:
    handle = bench.open()
    until_state(handle, State.LIVE)
    bench.do(bench.table.break_streams, ConnectionLostError("gone", code="1006"))
    until_state(handle, State.OFFLINE)
    assert handle.status.attempt == 1
    assert handle.status.error is not None
    bench.do(bench.table.rows.update, {(5,): (5, "while away")})
    until_state(handle, State.LIVE)
    until(handle, {5: "while away"})


def test_a_silent_truncate_is_found_by_a_pass(bench: Bench) -> None:
    bench.table.rows[(1,)] = (1, "one")
    handle = bench.open()
    until(handle, {1: "one"})
    until_state(handle, State.LIVE)
    bench.do(bench.table.truncate)
    handle.refresh()
    until(handle, {})


def test_equal_requests_share_one_stream_and_the_last_close_leaves_it(bench: Bench) -> None:
    first, second = bench.open(), bench.open()
    until_state(first, State.LIVE)
    until_state(second, State.LIVE)
    assert len(bench.table.streams) == 1
    first.close()
    assert len(bench.table.streams) == 1
    second.close()
    assert len(bench.table.streams) == 0
    assert second.status.state is State.CLOSED


def test_pausing_one_holder_keeps_its_picture_and_leaves_the_other_alone(bench: Bench) -> None:
    first, second = bench.open(), bench.open()
    until_state(first, State.LIVE)
    until_state(second, State.LIVE)
    first.pause()
    until_state(first, State.PAUSED)
    bench.do(bench.table.put, (1, "one"))
    until(second, {1: "one"})
    assert names(first) == {}
    second.pause()
    until_state(second, State.PAUSED)
    second.wait(lambda: True if not bench.table.streams else None, 5, "Leaving the stream")
    first.resume()
    until(first, {1: "one"})
    until_state(first, State.LIVE)


def test_waiting_says_what_did_not_happen(bench: Bench) -> None:
    handle = bench.open()
    until_state(handle, State.LIVE)
    with pytest.raises(NotReadyError, match=r"A wonder did not happen within 0\.05 s"):
        handle.wait(lambda: None, 0.05, "A wonder")


def test_closed_is_the_end(bench: Bench) -> None:
    handle = bench.open()
    until_state(handle, State.LIVE)
    handle.close()
    handle.close()
    with pytest.raises(ClosedError):
        handle.check()


def test_the_loop_stops_with_its_last_lease() -> None:
    loop = LoopThread("short-lived")
    loop.acquire()
    thread = loop._thread
    assert thread is not None
    loop.release()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    with pytest.raises(RuntimeError, match="every table is closed"):
        loop.call(print)
    assert LOOP is not loop


def test_a_new_loop_takes_nothing_over_from_one_that_has_ended() -> None:
    registry, loop = Registry(), LoopThread("first-then-second")
    table, kept = MemoryTable(SCHEMA), []
    for name in ("one", "two"):
        table.rows[(1,)] = (1, name)
        handle = TableHandle(MemoryRequest(table), None, loop, registry)
        until_state(handle, State.LIVE)
        until(handle, {1: name})
        kept.append(handle._attachment._lease)
        handle.close()
    assert kept[0] is not kept[1]


def test_the_last_table_that_closes_ends_the_thread() -> None:
    loop = LoopThread("ends")
    handle = TableHandle(MemoryRequest(MemoryTable(SCHEMA)), None, loop, Registry())
    thread = loop._thread
    assert thread is not None
    handle.close()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
