"""Probes: cheap looks whether the database still is what we hold, so that what nobody announced is found between passes."""

from __future__ import annotations

import asyncio

from rtwidget.abc import Watermark
from rtwidget.errors import (
    IdentityChangedError,
    ReadTooLargeError,
    SourceError,
    UnreachableError,
)
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import PROBE_CONFIRM_S, PROBE_INTERVAL_S, READ_TIMEOUT_S
from rtwidget.replica.schedule.probe_plan import ProbePlan, ProbeWindow
from rtwidget.replica.states.lifecycle import Data, Stream

# What a statement's time limit looks like where only the head of an answer was asked for.
_TOO_EXPENSIVE = "500"


class Prober:
    """Compares a digest of the query with the rows; loop thread only.

    A difference wants a pass, which says what it was: a policy hides rows without a word, so it proves nothing by itself.

    Args:
        path: What reads go through.
    """

    def __init__(self, context: ReadContext) -> None:
        self._state = context.state
        self._context = context
        # How many rows passes had repaired at the last difference, or None before the first.
        self._repaired_rows: int | None = None

    async def run(self) -> None:
        """Probe now and then, until cancelled or told that the source has no digest."""
        clock = asyncio.get_running_loop().time
        plan = ProbePlan(clock() + PROBE_INTERVAL_S)
        while True:
            await asyncio.sleep(max(0.0, plan.next_at - clock()))
            if not _comparable(self._state):
                plan.next_at = clock() + PROBE_INTERVAL_S
                continue
            rows, began = len(self._state.rows), clock()
            # Filled with every change of the rows until the answer is judged.
            window = self._state.window = ProbeWindow(rows, rows)
            try:
                seen = await self._probe()
                plan.ended(began, clock())
                if isinstance(seen, Watermark):
                    await self._compare(seen, window, plan)
                elif _is_refused(seen):
                    # A policy or a view that raises is no matter of the count: the pass will say so.
                    self._want_pass("a probe was refused", plan, repaired=False)
            finally:
                self._state.window = None
            # The source has no digest, and will not get one.
            if seen is None:
                return

    async def _probe(self) -> Watermark | Exception | None:
        try:
            async with self._context.rate_limiter.slot(paced=True), asyncio.timeout(READ_TIMEOUT_S):
                seen = await self._context.source.probe()
        except IdentityChangedError:
            raise
        except (SourceError, TimeoutError) as error:
            # A probe may be too expensive for the server; whether it answers at all is told by pings and by reads.
            return error
        self._state.stats.probes += 1
        return seen

    async def _compare(self, seen: Watermark, window: ProbeWindow, plan: ProbePlan) -> None:
        """Say what a probe proves, once the notifications of what it saw have come."""
        state = self._state
        passes, connections = state.stats.passes, state.stats.connections
        if not self._explains(seen, window):
            await asyncio.sleep(PROBE_CONFIRM_S)
        # Another pass or connection has settled meanwhile what this probe could say.
        if not _comparable(state) or (passes, connections) != (
            state.stats.passes,
            state.stats.connections,
        ):
            return
        if self._explains(seen, window):
            plan.agreed()
            if seen != Watermark(None):
                state.stats.agreed_at = state.wall()
            return
        repaired, self._repaired_rows = self._repaired_rows, state.stats.repaired_rows
        self._want_pass("a probe saw another table", plan, repaired=repaired != self._repaired_rows)

    def _want_pass(self, reason: str, plan: ProbePlan, *, repaired: bool) -> None:
        plan.differed(asyncio.get_running_loop().time(), repaired=repaired)
        self._state.replica.invalidate_all(reason)
        self._state.wake_passes.set()

    def _explains(self, seen: Watermark, window: ProbeWindow) -> bool:
        if not window.explains_count(seen.rows):
            return False
        if seen.newest is None:
            return True
        key, version = seen.newest
        row, position = self._state.rows.row(key), self._state.version_position
        held = None if row is None or position is None else row[position]
        return position is None or window.explains_version(key, held, version)


def _is_refused(seen: Exception | None) -> bool:
    """Return whether the database answered with a refusal; a count that takes too long is none, and says nothing of reads."""
    if not isinstance(seen, SourceError) or isinstance(seen, UnreachableError | ReadTooLargeError):
        return False
    return seen.code != _TOO_EXPENSIVE


def _comparable(state: FeedState) -> bool:
    return state.lifecycle.stream is Stream.LIVE and state.lifecycle.data is Data.COMPLETE
