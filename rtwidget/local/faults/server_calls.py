"""Calls into the running server: faults are set in any thread, the server lives on its event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from rtwidget.local.backend_error import LocalBackendError

# Longer than any of it takes on a slow machine.
ANSWER_TIMEOUT_S = 10.0


class JoinedChannel(Protocol):
    """A joined Realtime channel, as far as faults act on it; all on the server's event loop."""

    def fail(self, message: str) -> None:
        """Send a system error, and end."""
        ...

    def go_dead(self, message: str) -> None:
        """Send a system error, and stay joined without a subscription."""
        ...

    def repeat_subscribed(self) -> None:
        """Send "Subscribed" once more if there is a subscription."""
        ...

    def expire(self) -> None:
        """End as if the user's token had expired."""
        ...


class RunningServer(Protocol):
    """The running server, as far as faults act on it; all on its event loop."""

    def channels(self) -> Sequence[JoinedChannel]:
        """Return the channels that are joined now, of every socket; a list of its own."""
        ...

    async def close_sockets(self, code: int) -> None:
        """Close every Realtime socket with a code."""
        ...

    async def reset_tcp(self) -> None:
        """Reset every TCP connection."""
        ...

    async def end_capture(self) -> None:
        """End change capture as after a long outage."""
        ...

    async def start_capture(self) -> None:
        """Start change capture if it has ended, and wait until it misses nothing any more."""
        ...

    async def publication_changed(self) -> None:
        """Do what the server does when it finds another publication."""
        ...


class ServerCalls:
    """Runs work on the server's event loop and waits for it; any thread but that loop's.

    The server names itself here. Faults know it by the two protocols only, so the server imports
    the faults and not the other way round.
    """

    def __init__(self) -> None:
        self._server: tuple[asyncio.AbstractEventLoop, RunningServer] | None = None

    def attach(self, loop: asyncio.AbstractEventLoop, server: RunningServer) -> None:
        """Name the server; it calls this itself when it starts."""
        self._server = loop, server

    def detach(self) -> None:
        """Forget the server, because it ends."""
        self._server = None

    def run(self, work: Callable[[RunningServer], Coroutine[Any, Any, None]]) -> None:
        """Do something with the server.

        Raises:
            LocalBackendError: It is not running.
            TimeoutError: Its event loop has not done it after 10 s.
        """
        # Read once: `detach` may run in another thread between two reads.
        attached = self._server
        if attached is None:
            raise LocalBackendError("The local backend is not running.", "Call `start()` first.")
        loop, server = attached
        asyncio.run_coroutine_threadsafe(work(server), loop).result(ANSWER_TIMEOUT_S)

    def each_channel(self, act: Callable[[JoinedChannel], None]) -> None:
        """Do something with every joined channel.

        Raises:
            LocalBackendError: The server is not running.
            TimeoutError: Its event loop has not done it after 10 s.
        """

        async def visit(server: RunningServer) -> None:
            for channel in server.channels():
                act(channel)

        self.run(visit)
