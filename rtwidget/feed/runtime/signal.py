"""A level that only grows, which any thread and any event loop can wait for."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress


class Signal:
    """Level-triggered: whoever waits says what it has seen, so nothing can be missed. Any thread."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._level = 0
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    @property
    def level(self) -> int:
        """The level now."""
        return self._level

    def rise(self) -> None:
        """Raise the level and wake everybody who waits."""
        with self._condition:
            self._level += 1
            waiting, self._waiting = self._waiting, []
            self._condition.notify_all()
        # Outside of the lock, because none is held while calling out.
        for loop, event in waiting:
            # A loop that closed meanwhile has nobody left to wake.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)

    def wait(self, seen: int, timeout_s: float | None) -> bool:
        """Block until the level is above `seen`.

        Args:
            seen: The level that the caller has seen.
            timeout_s: How long to wait at most, in seconds; None for ever.

        Returns:
            False when the time ran out.
        """
        with self._condition:
            return self._condition.wait_for(lambda: self._level > seen, timeout_s)

    async def wait_async(self, seen: int) -> None:
        """Wait until the level is above `seen`."""
        event = asyncio.Event()
        entry = (asyncio.get_running_loop(), event)
        with self._condition:
            if self._level > seen:
                return
            self._waiting.append(entry)
        try:
            await event.wait()
        finally:
            with self._condition:
                if entry in self._waiting:
                    self._waiting.remove(entry)
