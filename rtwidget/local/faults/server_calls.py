"""How faults, called in any thread, reach the running server on its event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from rtwidget.local.backend_error import LocalBackendError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from rtwidget.local.realtime.realtime_channel import Channel

ANSWER_TIMEOUT_S = 10.0


class Target(Protocol):
    """The running server, as far as faults reach into it; all on its event loop."""

    def channels(self) -> list[Channel]:
        """Return the joined channels of every socket."""
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


class Reach:
    """Runs work on the server's event loop and waits for it; any thread but that loop's."""

    def __init__(self) -> None:
        self._server: tuple[asyncio.AbstractEventLoop, Target] | None = None

    def attach(self, loop: asyncio.AbstractEventLoop, target: Target) -> None:
        """Name the server; it calls this itself when it starts."""
        self._server = loop, target

    def detach(self) -> None:
        """Forget the server, because it ends."""
        self._server = None

    def run(self, work: Callable[[Target], Coroutine[Any, Any, None]]) -> None:
        """Do something with the server.

        Raises:
            LocalBackendError: It is not running.
        """
        if self._server is None:
            raise LocalBackendError("The local backend is not running.", "Call `start()` first.")
        loop, target = self._server
        asyncio.run_coroutine_threadsafe(work(target), loop).result(ANSWER_TIMEOUT_S)

    def each_channel(self, act: Callable[[Channel], None]) -> None:
        """Do something with every joined channel.

        Raises:
            LocalBackendError: The server is not running.
        """

        async def visit(target: Target) -> None:
            for channel in target.channels():
                act(channel)

        self.run(visit)
