"""Notifications for as long as the feed runs: one disposable connection after another (design sections 6 and 7)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from rtwidget.errors import (
    ConnectionLostError,
    ErrorKind,
    IdentityChangedError,
    NotificationsUnavailableError,
    SourceError,
)
from rtwidget.feed.state import FeedState, Trouble
from rtwidget.replica.backoff import Backoff
from rtwidget.replica.budgets import (
    DIRTY_ROWS_FOR_PASS,
    RECONNECT_CAP_S,
    STREAM_ATTEMPTS_FOR_POLLING,
)
from rtwidget.replica.lifecycle import Event
from rtwidget.sources.base import Live, Notification, Source


class StreamRunner:
    """Turns notifications into dirty keys and wanted passes.

    Args:
        state: The feed's state.
        source: Where notifications come from.
        chance: Uniform random numbers in [0, 1), for jitter.
    """

    def __init__(self, state: FeedState, source: Source, chance: Callable[[], float]) -> None:
        self._state = state
        self._source = source
        self._chance = chance
        self._backoff = Backoff()
        self._live_at: float | None = None
        self._was_live = False
        self._skew_s = 0.0

    async def run(self) -> None:
        """Connect, listen, and connect again, until cancelled.

        Raises:
            IdentityChangedError: When the token now names somebody else.
        """
        while True:
            self._live_at = None
            try:
                async with aclosing(self._source.notifications()) as events:
                    async for event in events:
                        if isinstance(event, Live):
                            self._live()
                        else:
                            self._notified(event)
                error: SourceError = ConnectionLostError("The notification stream ended.")
            except IdentityChangedError:
                raise
            except SourceError as caught:
                error = caught
            await self._wait_after(error)

    def _live(self) -> None:
        state = self._state
        self._live_at = asyncio.get_running_loop().time()
        self._was_live = True
        state.stats.connections += 1
        self._skew_s = 0.0
        state.stream_trouble = None
        state.plan.went_live(self._live_at)
        # What happened before this moment was announced to nobody here.
        state.replica.invalidate_all("the stream went live")
        state.wake_passes.set()
        state.apply(Event.STREAM_LIVE)

    def _notified(self, notification: Notification) -> None:
        state = self._state
        state.stats.notifications += 1
        self._note_commit(notification.committed_at)
        by_keys = state.keys_trusted and self._source.top_rows is None
        if notification.everything or not by_keys:
            state.replica.invalidate_all("a notification without usable keys")
            state.wake_passes.set()
            return
        state.replica.invalidate(notification.keys)
        if len(state.replica.dirty) > DIRTY_ROWS_FOR_PASS:
            state.replica.invalidate_all("many rows changed")
            state.wake_passes.set()
            return
        state.pacing.notified(asyncio.get_running_loop().time())
        state.wake_keys.set()

    def _note_commit(self, committed_at: float | None) -> None:
        """Remember the oldest commit that waits for its read; a server clock ahead of ours counts as skew."""
        if committed_at is None:
            return
        self._skew_s = max(self._skew_s, committed_at - self._state.wall())
        waiting = self._state.oldest_commit_at
        corrected = committed_at - self._skew_s
        self._state.oldest_commit_at = corrected if waiting is None else min(waiting, corrected)

    async def _wait_after(self, error: SourceError) -> None:
        state, now = self._state, asyncio.get_running_loop().time()
        state.plan.went_silent()
        lived_s = 0.0 if self._live_at is None else now - self._live_at
        self._backoff = self._backoff.failed(lived_s=lived_s)
        for_good = isinstance(error, NotificationsUnavailableError) or (
            error.kind is ErrorKind.NEEDS_USER
        )
        if for_good:
            delay_s = RECONNECT_CAP_S
        else:
            delay_s = self._backoff.delay_s(
                self._chance(), code=error.code, floor_s=error.retry_after_s
            )
        tries = STREAM_ATTEMPTS_FOR_POLLING if self._was_live else 1
        hopeless = for_good or self._backoff.attempt >= tries
        state.stream_trouble = Trouble(error, self._backoff.attempt, state.wall() + delay_s)
        if hopeless:
            state.wake_passes.set()
        state.apply(Event.STREAM_UNAVAILABLE if hopeless else Event.STREAM_LOST)
        await state.retry.wait(delay_s)
