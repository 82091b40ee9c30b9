"""One notification connection's life, pumped from a source to whoever owns it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

from rtwidget.abc import Live, Notification, Source
from rtwidget.errors import ConnectionLostError, SourceError


class Connection:
    """Opens at once and runs until it ends or is closed; loop thread only.

    Args:
        source: Where notifications come from.
        notified: Called with each notification, before and after the server said that it is live.
    """

    def __init__(self, source: Source, notified: Callable[[Notification], None]) -> None:
        loop = asyncio.get_running_loop()
        self._source = source
        self._notified = notified
        self._clock = loop.time
        self.live: asyncio.Future[None] = loop.create_future()
        self.live_at: float | None = None
        self.ends_with_connection = False
        self._task = loop.create_task(self._pump(), name="rtwidget stream")

    @property
    def lived_s(self) -> float:
        """For how long it has been live, in seconds."""
        return 0.0 if self.live_at is None else self._clock() - self.live_at

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self._task.done()

    async def until_live(self) -> SourceError | None:
        """Wait until it is live, and return None, or return why it ended before."""
        waiting: list[asyncio.Future[Any]] = [self.live, self._task]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        return None if self.live.done() and not self._task.done() else self._task.result()

    async def until_end(
        self, most_s: float, *unless: asyncio.Future[Any] | None
    ) -> SourceError | None:
        """Wait for its end, and return why, or None when it still lives.

        Args:
            most_s: How long to wait, in seconds.
            unless: What ends the wait without a reason.
        """
        waiting: list[asyncio.Future[Any]] = [self._task, *(one for one in unless if one)]
        await asyncio.wait(waiting, timeout=most_s, return_when=asyncio.FIRST_COMPLETED)
        return self._task.result() if self._task.done() else None

    async def aclose(self) -> None:
        """Leave politely."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _pump(self) -> SourceError:
        try:
            # Closed here and now: left to the collector, the goodbye would come late or never.
            async with aclosing(self._source.notifications()) as events:
                async for event in events:
                    if isinstance(event, Live):
                        self.live_at = self._clock()
                        self.ends_with_connection = event.ends_with_connection
                        if not self.live.done():
                            self.live.set_result(None)
                    else:
                        self._notified(event)
        except SourceError as error:
            return error
        # A source that just stops announces no more than one that lost its connection.
        return ConnectionLostError("The notification stream ended.")
