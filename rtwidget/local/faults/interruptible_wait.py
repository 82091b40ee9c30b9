"""A gate at which the server's tasks wait, until a moment or until it is opened."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time


class Hold:
    """Tasks wait on their event loop; any thread may close and open the gate."""

    def __init__(self) -> None:
        self._until = -math.inf
        self._waiters: dict[asyncio.Future[None], asyncio.AbstractEventLoop] = {}

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiters)

    def close(self, seconds: float = math.inf) -> None:
        """Let nobody through for so long."""
        self._until = time.monotonic() + seconds

    def open(self) -> None:
        """Let everybody through, those who wait included."""
        self._until = -math.inf
        self.wake()

    def wake(self) -> None:
        """Send off those who wait and leave the gate as it is."""
        for waiting, loop in list(self._waiters.items()):
            with contextlib.suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(_finish, waiting)

    async def passage(self) -> None:
        """Wait until the gate opens."""
        await self.pause(self._until - time.monotonic())

    async def pause(self, seconds: float) -> None:
        """Wait for so long, or until the gate is opened."""
        if seconds <= 0:
            return
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[None] = loop.create_future()
        self._waiters[waiting] = loop
        try:
            async with asyncio.timeout(None if math.isinf(seconds) else seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            del self._waiters[waiting]


def _finish(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
