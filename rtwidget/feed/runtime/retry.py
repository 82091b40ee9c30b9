"""Waiting before another attempt, which the user may cut short."""

from __future__ import annotations

import asyncio


class Retry:
    """The waits of one feed; loop thread only."""

    def __init__(self) -> None:
        # In the order in which they began, which a set would not keep: the same seed must replay the same way.
        self._waiting: dict[asyncio.Event, None] = {}

    async def wait(self, delay_s: float, event: asyncio.Event | None = None) -> bool:
        """Wait until the time is over, or until somebody says `now` or sets the event.

        Args:
            delay_s: How long to wait at most, in seconds.
            event: What else ends the wait.

        Returns:
            Whether somebody ended it.
        """
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
