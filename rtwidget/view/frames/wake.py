"""Sleeping until a moment, or until somebody has something to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Wake:
    """What one task sleeps on, and others wake. Loop thread only."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._later: asyncio.TimerHandle | None = None

    def now(self) -> None:
        """Wake the sleeper."""
        self._event.set()

    def later(self, delay_s: float, action: Callable[[], object]) -> None:
        """Do something after a while; while something is due already, nothing more.

        Args:
            delay_s: How long to wait, in seconds.
            action: Called on the loop; what it raises goes to the loop's handler.
        """
        loop = asyncio.get_running_loop()
        # A timer that went off is still here, so its moment tells whether it is due.
        if self._later is None or self._later.when() <= loop.time():
            self._later = loop.call_later(delay_s, action)

    async def sleep_until(self, moment: float) -> None:
        """Sleep until the next wake, but not longer than until a moment of the loop's clock, in seconds."""
        # Nothing is lost: between the sleeper's last look around and this line the loop runs nothing else.
        self._event.clear()
        try:
            async with asyncio.timeout_at(moment):
                await self._event.wait()
        except TimeoutError:
            return
