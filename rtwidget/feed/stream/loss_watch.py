"""Waits for the notifications of what passes found, and has the stream doubted when they do not come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import PROBE_CONFIRM_S


class LossWatch:
    """Doubts the stream of one feed when what a pass found was not announced within `PROBE_CONFIRM_S`; loop thread only.

    Args:
        state: The feed's state.
        doubt: Called when the stream has lost notifications.
    """

    def __init__(self, state: FeedState, doubt: Callable[[], None]) -> None:
        self._state = state
        self._doubt = doubt

    async def run(self) -> None:
        """Look at what passes found, until cancelled."""
        state, clock = self._state, asyncio.get_running_loop().time
        while True:
            await state.wake_loss_watch.wait()
            # What announces a row may be slower than the pass that found it.
            await asyncio.sleep(PROBE_CONFIRM_S)
            if state.loss_detector.proven(clock()):
                state.stats.losses_found += 1
                self._doubt()
            if not state.loss_detector.suspects:
                state.wake_loss_watch.clear()
