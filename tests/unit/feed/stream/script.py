"""A source whose notifications are written down by a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from rtwidget.abc import Event
from rtwidget.sources.memory import MemorySource
from tests.unit.feed.bench import Server


class Script(MemorySource):
    """Announces what a test says: an event, a pause in seconds, or an error; notes whether it was left."""

    def __init__(self, *steps: Event | float | Exception) -> None:
        super().__init__(Server().table)
        self._steps = steps
        self.left = False

    async def notifications(self) -> AsyncGenerator[Event]:
        try:
            for step in self._steps:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, float):
                    await asyncio.sleep(step)
                else:
                    yield step
        finally:
            self.left = True
