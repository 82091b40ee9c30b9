"""What a feed makes of its table's notifications: dirty keys, wanted passes, and whether it is live."""

from __future__ import annotations

import asyncio

from rtwidget.abc import Notification
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import BURST_TICK_S, DIRTY_ROWS_FOR_PASS, PASSES_AFTER_BURST_S
from rtwidget.replica.states.lifecycle import Event


class NotificationHandler:
    """Listens to the stream for one feed; loop thread only.

    Args:
        state: The feed's state.
        by_keys: Whether keys may be read one by one; a top-N query is always read whole.
    """

    def __init__(self, state: FeedState, *, by_keys: bool) -> None:
        self._state = state
        self._by_keys = by_keys
        self._skew_s = 0.0
        # Awaited among the feed's tasks, so that the end of the stream ends them all.
        self.refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def stream_live(self) -> None:
        """Want a pass: what happened before this moment was announced to nobody here."""
        state = self._state
        self._skew_s = 0.0
        state.stats.connections += 1
        state.stream_failure = None
        state.loss_detector.live()
        state.plan.went_live(asyncio.get_running_loop().time())
        state.replica.invalidate_all("the stream went live")
        state.wake_passes.set()
        if state.stats.connections > 1:  # else everybody has just been asked who they are
            state.ask_identities.now()
        state.apply(Event.STREAM_LIVE)

    def stream_notified(self, notification: Notification) -> None:
        """Mark what a notification names as dirty."""
        state = self._state
        state.stats.notifications += 1
        self._note_commit(notification.committed_at)
        # Which rows it means is not known. What the pass finds now was announced, though not by name, so it is no loss.
        if notification.everything or not (self._by_keys and state.keys_trusted):
            state.loss_detector.begin_anew()
            state.replica.invalidate_all("a notification without usable keys")
            state.wake_passes.set()
            return
        state.replica.invalidate(notification.keys)
        state.loss_detector.announced(notification.keys)
        # So many keys cost more to read than a pass, and memory to remember.
        if len(state.replica.dirty) > DIRTY_ROWS_FOR_PASS:
            state.replica.overflow("many rows changed")
            state.loss_detector.begin_anew()
            state.wake_passes.set()
            return
        state.pacing.notified(asyncio.get_running_loop().time())
        state.wake_keys.set()

    def stream_doubted(self) -> None:
        """Show that not everything may have been announced, until another connection is live and a pass has followed."""
        state = self._state
        state.plan.went_silent()
        state.loss_detector.lost()
        state.apply(Event.STREAM_DOUBTED)

    def stream_burst(self) -> None:
        """Schedule passes for the silence that is likely to follow."""
        state, now = self._state, asyncio.get_running_loop().time()
        state.plan.burst(now)
        # What passes find until then is lost, and known to be.
        state.loss_detector.mute(now + PASSES_AFTER_BURST_S[-1] + BURST_TICK_S)
        state.wake_passes.set()

    def stream_lost(self, failure: RetryableFailure, *, hopeless: bool) -> None:
        """Show that nothing is announced; poll when that may take long."""
        state = self._state
        state.plan.went_silent()
        state.loss_detector.lost()
        state.stream_failure = failure
        # Passes are now the only news, so they are planned at the pace of polling.
        if hopeless:
            state.wake_passes.set()
        state.apply(Event.STREAM_UNAVAILABLE if hopeless else Event.STREAM_LOST)

    def stream_refused(self, error: BaseException) -> None:
        """End the feed: its stream reads as somebody else now, or has a fault."""
        if not self.refused.done():
            self.refused.set_exception(error)

    def _note_commit(self, committed_at: float | None) -> None:
        """Remember the oldest commit that waits for its read; a server clock ahead of ours counts as skew."""
        if committed_at is None:
            return
        self._skew_s = max(self._skew_s, committed_at - self._state.wall())
        waiting = self._state.oldest_commit_at
        corrected = committed_at - self._skew_s
        self._state.oldest_commit_at = corrected if waiting is None else min(waiting, corrected)
