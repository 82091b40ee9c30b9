"""How many reads one process may send to one project (design section 3)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext

from rtwidget.replica.budgets import PROJECT_READS_IN_FLIGHT
from rtwidget.replica.schedule.token_bucket import TokenBucket


class RateLimiter:
    """Shared by the feeds of one project; loop thread only."""

    def __init__(self) -> None:
        self._bucket = TokenBucket()
        self._in_flight = asyncio.Semaphore(PROJECT_READS_IN_FLIGHT)

    @asynccontextmanager
    async def slot(
        self, *, paced: bool, alarm: AbstractContextManager[None] | None = None
    ) -> AsyncIterator[None]:
        """Wait for a slot, and hold it for one read.

        Args:
            paced: Whether it counts against the sustained rate; pages of a pass go at full speed.
            alarm: Is entered while other reads have to end first.
        """
        if paced:
            # Before the slot: who waits for the rate must keep nobody else from reading.
            await asyncio.sleep(self._bucket.take(asyncio.get_running_loop().time()))
        with alarm or nullcontext():
            await self._in_flight.acquire()
        try:
            yield
        finally:
            self._in_flight.release()
