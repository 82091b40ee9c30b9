"""A wait of the server's tasks that any thread can set and end."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time


class InterruptibleWait:
    """Tasks wait on their event loop; any thread may make them wait, or send them on."""

    def __init__(self) -> None:
        self._blocked_until = -math.inf
        self._waiters: dict[asyncio.Future[None], asyncio.AbstractEventLoop] = {}

    @property
    def waiting(self) -> int:
        """How many tasks wait now."""
        return len(self._waiters)

    def block(self, seconds: float = math.inf) -> None:
        """Let `until_unblocked` wait for so many seconds from now."""
        self._blocked_until = time.monotonic() + seconds

    def unblock(self) -> None:
        """Let nobody wait any more, and send on those who do."""
        self._blocked_until = -math.inf
        self.wake()

    def wake(self) -> None:
        """Send on those who wait now; who comes later waits as before."""
        # The futures belong to a loop in another thread, which is not left to notice by itself.
        for waiting, loop in list(self._waiters.items()):
            with contextlib.suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(_finish, waiting)

    async def until_unblocked(self) -> None:
        """Wait until what `block` said is over, or somebody ends it."""
        await self.sleep(self._blocked_until - time.monotonic())

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds, or until `unblock` or `wake`."""
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
    if not waiting.done():  # it may have timed out on its way here
        waiting.set_result(None)
