"""What all feeds of one project share: the budget of their reads, whether its database answers, and how busy its changes are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol
from weakref import WeakKeyDictionary

from rtwidget.errors import DatabaseUnavailableError, SourceError, UnreachableError
from rtwidget.feed.reads.rate_limiter import RateLimiter
from rtwidget.replica.budgets import PING_GAP_S, PING_TIMEOUT_S
from rtwidget.replica.stream.burst_meter import BurstMeter


class ProjectStream(Protocol):
    """A notification stream of the project."""

    def outage_ended(self, at: float) -> None:
        """The database did not answer at this moment, by the loop's clock, and does now."""
        ...

    def burst(self) -> None:
        """So much was announced that the server is likely to say nothing for a while."""
        ...


class Project:
    """One project as its feeds see it together: its rate limiter, its streams and whether it answers; loop thread only."""

    def __init__(self) -> None:
        self.rate_limiter = RateLimiter()
        # A dictionary, because it keeps the order in which they came, so that a simulated run replays exactly.
        self.streams: WeakKeyDictionary[ProjectStream, None] = WeakKeyDictionary()
        self.answered_at = float("-inf")
        self._bursts = BurstMeter()
        self._asking: asyncio.Future[SourceError | None] | None = None
        # Who asks right after a ping that failed is given the same answer.
        self._failed: tuple[float, UnreachableError] | None = None
        # When the database last did not answer at all, whoever asked: that table may be closed before it is back.
        self._outage_at: float | None = None

    def answered(self) -> None:
        """Take note that the database answered somebody; after an outage every stream is doubted.

        While the database was down, the server lost its place in the log (reference 3.3, L4-L6).
        """
        self.answered_at = asyncio.get_running_loop().time()
        outage_at, self._outage_at = self._outage_at, None
        if outage_at is not None:
            for stream in tuple(self.streams):
                stream.outage_ended(outage_at)

    def unanswered(self, error: UnreachableError, began: float) -> None:
        """Take note that somebody got no answer; no outage when others got one meanwhile, because a lock holds up one table only.

        Args:
            error: Why there was none.
            began: When it was asked for, by the loop's clock.
        """
        if isinstance(error, DatabaseUnavailableError) or self.answered_at < began:
            self._outage_at = asyncio.get_running_loop().time()

    def heard(self) -> None:
        """Count a notification, because the server's limiter counts those of all tables together."""
        if self._bursts.heard(asyncio.get_running_loop().time()):
            for stream in tuple(self.streams):
                stream.burst()

    async def ping(self, ask: Callable[[], Awaitable[None]]) -> SourceError | None:
        """Ask whether the database answers, and return why it does not; all who ask at one time ask once.

        A table that is locked keeps whoever asks waiting, so another one is asked as well after a while.

        Args:
            ask: Asks as the reader; another reader's refusal says nothing about this one.
        """
        clock = asyncio.get_running_loop().time
        began = clock()
        while (asking := self._asking) is not None:
            await asyncio.wait([asking], timeout=PING_GAP_S)
            if asking.done() and not asking.cancelled() and (shared := asking.result()) is None:
                return shared
            if self.answered_at >= began:
                return None
            if self._asking is asking:
                break
        if self._failed is not None and clock() - self._failed[0] < PING_GAP_S:
            return self._failed[1]
        answer = self._asking = asyncio.ensure_future(_answer(ask))
        try:
            error = await answer
        finally:
            answer.cancel()
            if self._asking is answer:
                self._asking = None
        self._failed = None
        # What one table fails of while others are answered says nothing of theirs.
        if isinstance(error, UnreachableError) and self.answered_at < began:
            self._failed = (clock(), error)
        return error


async def _answer(ask: Callable[[], Awaitable[None]]) -> SourceError | None:
    try:
        async with asyncio.timeout(PING_TIMEOUT_S):
            await ask()
    except TimeoutError:
        return UnreachableError(
            f"The database has not answered for {PING_TIMEOUT_S:.0f} s.", "It is asked again."
        )
    except SourceError as error:
        return error
    return None
