"""What happens around a fork, without one: `tests/integration/table/processes/test_forks.py` forks."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import pytest

from rtwidget.feed.runtime.loop_thread import _LEFT, LoopThread
from rtwidget.feed.sharing.ownership import Ownership
from rtwidget.sources import forking
from tests.patience import PATIENCE_S


class Thing:
    """Something that a child may not use."""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of other tests is halted or left."""
    for name in ("_halted", "_left"):
        monkeypatch.setattr(forking, name, WeakKeyDictionary())
    monkeypatch.setattr(forking, "_now", forking.Process())


@pytest.fixture
def loop(alone: None) -> Iterator[LoopThread]:
    made = LoopThread("forking")
    made.acquire()
    yield made
    made.release()


@pytest.mark.usefixtures("alone")
def test_a_child_is_another_process_and_leaves_everything_that_it_can(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_thing: Thing) -> tuple[()]:
        raise ZeroDivisionError

    ours, theirs = socket.socketpair()
    parents = ours.dup()
    things = Thing(), Thing()
    forking.when_forked(things[0], fail)
    forking.when_forked(things[1], lambda _thing: {ours.fileno()})
    ownership = Ownership("t")
    with caplog.at_level(logging.ERROR, "rtwidget"):
        forking._in_child()
    assert forking.this_process().forked_at is not None
    assert not ownership.is_ours
    assert len(caplog.records) == 1
    # The child's descriptor leads nowhere, and nobody heard of it.
    with pytest.raises(OSError, match="socket"):
        ours.send(b"from the child")
    parents.send(b"from the parent")
    assert theirs.recv(100) == b"from the parent"
    for one in (ours, theirs, parents):
        one.close()


def test_a_loop_stands_still_until_the_process_has_forked(loop: LoopThread) -> None:
    forking._before()
    ran = loop.do(lambda: None)
    assert not ran.wait(0.1)
    forking._in_parent()
    assert ran.wait(30)


def test_a_loop_may_fork_itself(loop: LoopThread) -> None:
    def fork() -> None:
        forking._before()
        forking._in_parent()

    assert loop.do(fork).wait(30)


@pytest.mark.usefixtures("alone")
def test_a_loop_that_has_ended_holds_up_no_fork() -> None:
    loop = LoopThread("ended")
    loop.acquire()
    kept, thread = loop._loop, loop._thread
    assert kept is not None
    assert thread is not None
    loop.release()
    thread.join(PATIENCE_S)
    forking._before()
    forking._in_parent()
    assert kept._leave() == set()
    _LEFT.pop()


@pytest.mark.usefixtures("alone")
def test_a_child_that_forks_waits_for_none_of_its_parents_threads() -> None:
    asked: list[Thing] = []
    thing = Thing()
    forking.halt_to_fork(thing, lambda one, _forked: asked.append(one))
    forking._in_child()
    forking._before()
    forking._in_parent()
    assert not asked


def test_a_loop_knows_its_descriptors_and_none_that_was_closed(loop: LoopThread) -> None:
    async def connect() -> tuple[asyncio.StreamWriter, asyncio.StreamWriter, set[int]]:
        async def take(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            taken.set_result(writer)

        taken: asyncio.Future[asyncio.StreamWriter] = asyncio.get_running_loop().create_future()
        server = await asyncio.start_server(take, "127.0.0.1", 0)
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        listening = {one.fileno() for one in server.sockets}
        server.close()
        return writer, await taken, listening

    writer, taken, listening = loop.submit(connect()).result(PATIENCE_S)
    assert loop._loop is not None
    both = {one.get_extra_info("socket").fileno() for one in (writer, taken)}
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    held = loop._loop._leave()
    assert both <= held
    assert all(os.fstat(number) for number in held)
    assert not listening & held

    async def close() -> None:
        for one in (writer, taken):
            one.close()
            await one.wait_closed()

    loop.submit(close()).result(PATIENCE_S)
    assert not both & loop._loop._leave()
    del _LEFT[-2:]


@pytest.mark.usefixtures("alone")
def test_a_loop_thread_begins_anew_in_a_child() -> None:
    loop = LoopThread("anew")
    loop.acquire()
    parents, thread = loop._loop, loop._thread
    assert parents is not None
    loop._leave()
    loop.acquire()
    assert loop._loop is not parents
    assert loop.do(lambda: None).wait(30)
    loop.release()
    parents.call_soon_threadsafe(parents.stop)
    assert thread is not None
    thread.join(PATIENCE_S)
