"""The loop thread: who keeps it alive, and what its end leaves behind, which is nothing."""

from __future__ import annotations

import asyncio
import socket
import threading

from rtwidget.feed.runtime.loop_thread import LoopThread
from tests.patience import PATIENCE_S

MORE_THAN_IS_SENT_AT_ONCE = b"x" * 10_000_000


def test_a_connection_that_is_still_closing_ends_with_the_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        loop = LoopThread("ends")
        loop.acquire()

        async def leave() -> socket.socket:
            _, writer = await asyncio.open_connection(*server.getsockname())
            writer.write(MORE_THAN_IS_SENT_AT_ONCE)
            # It closes when all is sent, and nobody reads at the other end.
            writer.close()
            held: socket.socket = writer.get_extra_info("socket")
            return held

        held = loop.submit(leave()).result(PATIENCE_S)
        accepted, _ = server.accept()
        thread = loop._thread
        assert thread is not None
        loop.release()
        thread.join(PATIENCE_S)
        assert held.fileno() == -1
        accepted.close()


def test_the_loop_runs_on_while_one_lease_is_left_and_starts_again_later() -> None:
    loop = LoopThread("leases")
    for _ in range(2):
        loop.acquire()
        loop.acquire()
        loop.release()
        thread = loop._thread
        assert thread is not None
        assert loop.submit(asyncio.sleep(0, "done")).result(PATIENCE_S) == "done"
        loop.release()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def test_what_was_under_way_is_cancelled_when_the_loop_ends() -> None:
    loop = LoopThread("ending")
    loop.acquire()
    ended = threading.Event()

    async def endless() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    started = threading.Event()
    loop.submit(endless())
    loop.call(started.set)
    assert started.wait(PATIENCE_S)
    loop.release()
    assert ended.wait(PATIENCE_S)


def test_the_loop_knows_its_own_thread() -> None:
    loop = LoopThread("who")
    loop.acquire()

    async def ask() -> bool:
        return loop.is_current()

    assert loop.submit(ask()).result(PATIENCE_S)
    assert not loop.is_current()
    loop.release()


def test_what_a_cancelled_task_starts_to_clean_up_is_ended_too() -> None:
    loop = LoopThread("cleaning up")
    loop.acquire()
    ended = threading.Event()

    async def cleaning_up() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    async def endless() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            kept.append(asyncio.create_task(cleaning_up()))
            # So late that the new task has begun only when all others have ended.
            await asyncio.sleep(0)

    kept: list[asyncio.Task[None]] = []
    started = threading.Event()
    loop.submit(endless())
    loop.call(started.set)
    assert started.wait(PATIENCE_S)
    loop.release()
    assert ended.wait(PATIENCE_S)
