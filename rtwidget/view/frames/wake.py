"""Sleeping until a moment, or until somebody has something to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Wake:
    """Loop thread only."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._later: asyncio.TimerHandle | None = None

    def now(self) -> None:
        """Wake the sleeper."""
        self._event.set()

    def later(self, delay_s: float, action: Callable[[], object]) -> None:
        """Do something after a while; while it is due already, nothing more."""
        loop = asyncio.get_running_loop()
        if self._later is None or self._later.when() <= loop.time():
            self._later = loop.call_later(delay_s, action)

    async def sleep_until(self, moment: float) -> None:
        """Sleep until the loop's clock shows this, or until the next wake."""
        self._event.clear()
        try:
            async with asyncio.timeout_at(moment):
                await self._event.wait()
        except TimeoutError:
            return
