"""One notification connection as an examination sees it: how far it came, and whether it hears a change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from time import monotonic

from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import SourceError
from rtwidget.sources.values.json_cells import key_text

HEARD_S = 10.0
"""The longest wait for a change of our own; Realtime takes 0.6 s where it announces at all, and 2 s when it was idle."""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A change that was made to be heard of.

    Args:
        heard_after_s: When it was announced, in seconds after it was made; None when it was not.
        error: Why it could not be made, or what ended the connection meanwhile.
    """

    heard_after_s: float | None = None
    error: SourceError | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """How far a connection came.

    Args:
        live_after_s: When the server said that changes are announced, in seconds; None when it did not.
        error: Why it did not.
        round_trip: What became of a change, when one was asked for and the connection was live.
    """

    live_after_s: float | None = None
    error: SourceError | None = None
    round_trip: RoundTrip | None = None


Write = Callable[[], Awaitable[None]]


async def travel(
    events: AsyncGenerator[Event, None], write: tuple[tuple[str, ...], Write] | None
) -> Journey:
    """Wait until a connection is live, make a change if asked to, wait to hear of it, and leave.

    Args:
        events: The connection's life.
        write: The texts of a row's key, and what touches it; None to write nothing.
    """
    began = monotonic()
    live_after_s: float | None = None
    async with aclosing(events):
        try:
            async for event in events:
                if isinstance(event, Live):
                    live_after_s = monotonic() - began
                    break
        except SourceError as error:
            return Journey(error=error)
        if write is None or live_after_s is None:
            return Journey(live_after_s)
        return Journey(live_after_s, round_trip=await _heard(events, *write))


async def _heard(
    events: AsyncGenerator[Event, None], key: tuple[str, ...], write: Write
) -> RoundTrip:
    try:
        began = monotonic()
        await write()
        async with asyncio.timeout(HEARD_S):
            async for event in events:
                if not isinstance(event, Live) and _names(event, key):
                    return RoundTrip(monotonic() - began)
    except TimeoutError:
        return RoundTrip()
    except SourceError as error:
        return RoundTrip(error=error)
    return RoundTrip()


def _names(notification: Notification, key: tuple[str, ...]) -> bool:
    named = (tuple(map(key_text, one)) for one in notification.keys)
    return notification.everything or key in named
