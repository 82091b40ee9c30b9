"""Keeps a stream live over one connection after another: each stands before the last one ends (make before break)."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from rtwidget.errors import ConnectionLostError, ErrorKind, SourceError
from rtwidget.feed.stream.connection import Connection
from rtwidget.replica.budgets import (
    DOUBT_PATIENCE_S,
    ROTATION_OVERLAP_S,
    SLEEP_JUMP_S,
    SLEEP_LOOK_S,
)
from rtwidget.replica.schedule.backoff import Backoff
from rtwidget.replica.stream.rotation_plan import RotationPlan

_log = logging.getLogger("rtwidget")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a connection can no longer be trusted.

    Args:
        reason: What was seen.
        at: When, by the loop's clock; a connection that became live later is not meant.
        known: Whether what it announces is known not to be all, so that nobody may be told that it is live.
    """

    reason: str
    at: float
    known: bool


class Rotation:
    """Replaces the connection of one stream: in time, when it is doubted, and after a sleep of the machine; loop thread only.

    Args:
        wall: The wall clock, in Unix seconds.
        chance: Uniform random numbers in [0, 1), for jitter.
        opened: Makes another connection.
        closed: Ends one.
        swapped: Told the connection that takes over, and whether what happened before is to be read again.
        doubted: Called when the connection is no longer to be called live.
    """

    def __init__(
        self,
        wall: Callable[[], float],
        chance: Callable[[], float],
        *,
        opened: Callable[[], Connection],
        closed: Callable[[Connection], Awaitable[None]],
        swapped: Callable[[Connection, bool], object],
        doubted: Callable[[], object],
    ) -> None:
        self._wall = wall
        self._chance = chance
        self._opened = opened
        self._closed = closed
        self._swapped = swapped
        self._doubted = doubted
        self._plan = RotationPlan()
        self._doubt: Doubt | None = None
        self._outages = Backoff()
        self._wake: asyncio.Future[None] | None = None

    @property
    def doubted(self) -> bool:
        """Whether the connection is known not to announce everything."""
        return self._doubt is not None and self._doubt.known

    def heard(self) -> None:
        """Take note of a notification."""
        self._plan.heard(asyncio.get_running_loop().time())

    def doubt(self, doubt: Doubt) -> None:
        """Replace the connection now; does nothing when none is live, because the next one will be another anyway."""
        if self._wake is None or (self.doubted and not doubt.known):
            return
        if not doubt.known and not self._plan.doubted(doubt.at):
            return
        told, self._doubt = self.doubted, doubt
        if told:
            return
        _log.info("The notification stream is replaced: %s", doubt.reason)
        if doubt.known:
            self._doubted()
        if not self._wake.done():
            self._wake.set_result(None)

    async def stay_live(self, connection: Connection) -> SourceError:
        """Stay live from this connection on, and return what ended the last one."""
        try:
            while True:
                wake = self._begin(connection)
                error = await self._watch(connection, wake)
                error = error or await self._pause(connection)
                if error is not None:
                    return error
                fresh = self._opened()
                kept = await self._replaced(connection, fresh)
                if isinstance(kept, SourceError):
                    return kept
                if kept is fresh:
                    await asyncio.sleep(ROTATION_OVERLAP_S)
                await self._closed(connection if kept is fresh else fresh)
                connection = kept
        finally:
            self._wake = self._doubt = None

    async def _pause(self, connection: Connection) -> SourceError | None:
        """Wait before another connection when outages follow one another, and return what ended this one meanwhile."""
        if not self.doubted:
            return None
        self._outages = self._outages.failed(lived_s=connection.lived_s)
        if self._outages.attempt == 1:
            return None
        # A database that comes and goes has no use for all streams of the project each time.
        return await connection.until_end(self._outages.delay_s(self._chance()))

    def _begin(self, connection: Connection) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        wake = self._wake = loop.create_future()
        if self._doubt is not None:  # it came while the connections overlapped
            wake.set_result(None)
        ends = connection.ends_with_connection
        self._plan.began(loop.time(), self._chance(), ends_with_connection=ends)
        return wake

    async def _replaced(self, old: Connection, fresh: Connection) -> Connection | SourceError:
        """Return the connection that goes on, or what ended the stream."""
        opening = asyncio.ensure_future(fresh.until_live())
        try:
            if self._doubt is None:
                # The end of the old one before the new one stands is a gap, whatever comes after it.
                error = await self._watch(old, opening, math.inf)
                if error is not None:
                    return error
            if self._doubt is not None and not opening.done():
                await asyncio.wait([opening], timeout=DOUBT_PATIENCE_S)
            if not opening.done():
                self._know()
            refused = await opening
        finally:
            opening.cancel()
        if refused is None:
            doubt, self._doubt = self._doubt, None
            self._swapped(fresh, doubt is not None)
            return fresh
        if self._doubt is not None or refused.kind is ErrorKind.NEEDS_OTHER_IDENTITY:
            return refused
        _log.info("A new connection was not to be had yet: %s", refused.message)
        return old

    def _know(self) -> None:
        """Stop to call a doubted connection live, because no other has come in time."""
        if self._doubt is not None and not self._doubt.known:
            self._doubt = replace(self._doubt, known=True)
            self._doubted()

    async def _watch(
        self, connection: Connection, unless: asyncio.Future[Any], until: float | None = None
    ) -> SourceError | None:
        """Watch a live connection, and return what ended it, or None at its time, at an event, or at a doubt."""
        clock = asyncio.get_running_loop().time
        ahead_s = self._wall() - clock()
        while self._doubt is None and not unless.done():
            most_s = (self._plan.replace_at() if until is None else until) - clock()
            if most_s <= 0:
                break
            error = await connection.until_end(min(most_s, SLEEP_LOOK_S), unless, self._wake)
            if error is not None:
                return error
            # No event tells that a machine slept; only the wall clock went on meanwhile.
            if self._wall() - clock() - ahead_s > SLEEP_JUMP_S:
                return ConnectionLostError("The machine slept.", code="1000")
        return None
