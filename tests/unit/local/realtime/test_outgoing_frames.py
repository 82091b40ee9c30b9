"""The queue of one socket: its order, its limit, its pauses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, cast

from rtwidget.local.faults.latency import Latency
from rtwidget.local.realtime.outgoing_frames import OutgoingFrames
from rtwidget.local.server_settings import Settings
from tests.patience import PATIENCE_S


class Socket:
    """A WebSocket and its transport, as far as the queue uses them."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[str] = asyncio.Queue()
        self.is_gone = False
        self.aborted = 0

    async def send_str(self, frame: str) -> None:
        if self.is_gone:
            raise ConnectionResetError
        self.sent.put_nowait(frame)

    def abort(self) -> None:
        self.aborted += 1


def queue_of(socket: Socket, max_bytes: int = 100) -> tuple[OutgoingFrames, Latency]:
    latency, settings = Latency(), replace(Settings(), max_queued_bytes=max_bytes)
    given = cast("Any", socket)
    return OutgoingFrames(given, given, latency, settings), latency


async def sent(socket: Socket) -> str:
    async with asyncio.timeout(PATIENCE_S):
        return await socket.sent.get()


async def test_frames_leave_in_their_order_also_when_they_come_late() -> None:
    socket = Socket()
    frames, latency = queue_of(socket)
    latency.set(1e6)
    frames.send("late")
    writer = asyncio.create_task(frames.write())
    latency.set(0)
    frames.send("next")
    await asyncio.sleep(0)
    assert socket.sent.empty()
    latency.clear()
    assert [await sent(socket), await sent(socket)] == ["late", "next"]
    writer.cancel()


async def test_what_is_held_back_is_given_to_whoever_releases_it() -> None:
    frames, _ = queue_of(Socket())
    assert frames.release() == []
    frames.hold()
    frames.send("a")
    frames.send("b")
    assert frames.release() == ["a", "b"]
    frames.hold()
    assert frames.release() == []


async def test_too_many_unread_bytes_cost_the_socket() -> None:
    socket = Socket()
    frames, _ = queue_of(socket, max_bytes=6)
    writer = asyncio.create_task(frames.write())
    for _ in range(3):
        frames.send("1234")
        await sent(socket)
    assert socket.aborted == 0
    frames.send("1234")
    frames.send("567")
    assert socket.aborted == 1
    writer.cancel()


async def test_writing_ends_with_the_connection() -> None:
    socket = Socket()
    frames, _ = queue_of(socket)
    socket.is_gone = True
    frames.send("a")
    async with asyncio.timeout(PATIENCE_S):
        await frames.write()
