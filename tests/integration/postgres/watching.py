"""Waiting for what a stream yields, or for its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from rtwidget.abc import Event
from rtwidget.errors import (
    SourceError,
)
from tests.patience import PATIENCE_S


async def upcoming(events: AsyncGenerator[Event, None], seconds: float = PATIENCE_S) -> Event:
    async with asyncio.timeout(seconds):
        return await anext(events)


async def end_of(events: AsyncGenerator[Event, None], seconds: float = PATIENCE_S) -> SourceError:
    """Return why it ended."""
    try:
        async with asyncio.timeout(seconds):
            async for _ in events:
                pass
    except SourceError as error:
        return error
    raise AssertionError("It ended without a reason.")
