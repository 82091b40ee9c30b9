"""A long way to the server: everything that it says arrives later, and in its order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from rtwidget.local.faults.interruptible_wait import InterruptibleWait

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Latency:
    """The servers wait for it on their event loop; any thread may set it."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._wait = InterruptibleWait()

    @property
    def waiting(self) -> int:
        """How many things are on their way now."""
        return self._wait.waiting

    def set(self, seconds: float) -> None:
        """Let what is said from now on arrive so much later."""
        self._seconds = seconds

    def clear(self) -> None:
        """Let everything arrive at once, what is on its way included."""
        self._seconds = 0.0
        self._wait.unblock()

    def wake(self) -> None:
        """Send off what is on its way, because the server ends."""
        self._wait.wake()

    def arrival(self) -> float:
        """Return when something said now arrives, by the clock of the running loop."""
        return asyncio.get_running_loop().time() + self._seconds

    async def until(self, arrival: float) -> None:
        """Wait until something arrives."""
        # The moment was fixed when it was said, so the order stays when the latency changes.
        await self._wait.sleep(arrival - asyncio.get_running_loop().time())

    @web.middleware
    async def middleware(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Answer an HTTP request, or a handshake, so much later."""
        # A handshake is late before it is answered: its handler lasts as long as the socket.
        if "Upgrade" in request.headers:
            await self.until(self.arrival())
            return await handler(request)
        try:
            response = await handler(request)
        # aiohttp raises some answers, such as 404.
        except web.HTTPException:
            await self.until(self.arrival())
            raise
        await self.until(self.arrival())
        return response
