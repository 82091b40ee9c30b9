"""Calls from any thread into the server's event loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from rtwidget.local.backend_error import LocalBackendError
from rtwidget.local.faults.server_calls import ServerCalls


class Channel:
    """Notes on which thread it is called."""

    def __init__(self) -> None:
        self.said: list[tuple[str, int]] = []

    def fail(self, message: str) -> None:
        self.said.append((message, threading.get_ident()))

    def go_dead(self, message: str) -> None: ...

    def repeat_subscribed(self) -> None: ...

    def expire(self) -> None: ...


class Server:
    """The least that faults take for a server."""

    def __init__(self) -> None:
        self.joined = [Channel(), Channel()]
        self.closed: list[int] = []

    def channels(self) -> list[Channel]:
        return list(self.joined)

    async def close_sockets(self, code: int) -> None:
        self.closed.append(code)

    async def reset_tcp(self) -> None: ...

    async def end_capture(self) -> None: ...

    async def start_capture(self) -> None: ...

    async def publication_changed(self) -> None: ...


async def test_work_is_done_on_the_loop_when_the_call_returns() -> None:
    calls, server = ServerCalls(), Server()
    calls.attach(asyncio.get_running_loop(), server)
    await asyncio.to_thread(calls.run, lambda running: running.close_sockets(1000))
    assert server.closed == [1000]
    await asyncio.to_thread(calls.each_channel, lambda channel: channel.fail("no"))
    here = threading.get_ident()
    assert [channel.said for channel in server.joined] == [[("no", here)], [("no", here)]]


async def test_without_a_server_the_caller_is_told_to_start_it() -> None:
    calls = ServerCalls()
    calls.attach(asyncio.get_running_loop(), Server())
    calls.detach()
    with pytest.raises(LocalBackendError, match="not running"):
        calls.each_channel(lambda channel: channel.expire())
