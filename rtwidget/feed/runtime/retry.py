"""Waiting before another attempt, which the user may cut short."""

from __future__ import annotations

import asyncio


class Retry:
    """The waits of one feed; loop thread only."""

    def __init__(self) -> None:
        # In the order in which they began, which a set would not keep: the same seed must replay the same way.
        self._waiting: dict[asyncio.Event, None] = {}

    async def wait(self, delay_s: float, event: asyncio.Event | None = None) -> bool:
        """Wait for some seconds, or until somebody says `now` or sets the event; return whether somebody did."""
        event = event or asyncio.Event()
        self._waiting[event] = None
        try:
            async with asyncio.timeout(delay_s):
                return await event.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting.pop(event, None)

    def now(self) -> None:
        """End every wait that is under way."""
        for event in self._waiting:
            event.set()
