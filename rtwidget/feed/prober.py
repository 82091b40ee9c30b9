"""Probes: cheap looks whether the database still is what we hold, so that a dead stream is found between passes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rtwidget.errors import IdentityChangedError, SourceError, UnreachableError
from rtwidget.feed.gate import ProjectGate
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import PROBE_INTERVAL_S, READ_TIMEOUT_S
from rtwidget.replica.lifecycle import Data, Stream
from rtwidget.replica.probing import ProbePlan
from rtwidget.sources.base import Source, Watermark


class Prober:
    """Compares a digest of the query with the rows; loop thread only.

    Args:
        state: The feed's state.
        source: What is probed.
        gate: The project's budget.
        doubt: Called with a reason when the stream must have lost notifications.
    """

    def __init__(
        self,
        state: FeedState,
        source: Source,
        gate: ProjectGate,
        *,
        doubt: Callable[[str], None],
    ) -> None:
        self._state = state
        self._source = source
        self._gate = gate
        self._doubt = doubt

    async def run(self) -> None:
        """Probe now and then, until cancelled or told that the source has no digest."""
        state, clock = self._state, asyncio.get_running_loop().time
        plan = ProbePlan(clock() + PROBE_INTERVAL_S)
        while True:
            await asyncio.sleep(max(0.0, plan.next_at - clock()))
            if (
                state.lifecycle.stream is not Stream.LIVE
                or state.lifecycle.data is not Data.COMPLETE
            ):
                plan.next_at = clock() + PROBE_INTERVAL_S
                continue
            began = clock()
            seen = await self._probe()
            if seen is None:
                return
            differs = False
            if isinstance(seen, Watermark) and self._settled():
                differs = self._differs(seen)
                if not differs and seen != Watermark(None):
                    state.stats.agreed_at = state.wall()
            # Only a difference that nothing touched in the meantime is one that lasted.
            untouched = (state.stats.notifications, state.revision)
            if plan.ended(began, clock(), differs=differs, untouched=untouched):
                state.stats.losses_found += 1
                state.replica.invalidate_all("a probe saw another table")
                state.wake_passes.set()
                self._doubt("A probe saw changes that nothing had announced.")

    async def _probe(self) -> Watermark | SourceError | None:
        try:
            async with self._gate.read(paced=True), asyncio.timeout(READ_TIMEOUT_S):
                seen = await self._source.probe()
        except IdentityChangedError:
            raise
        except (SourceError, TimeoutError):
            # A probe that fails proves nothing; whether reads work is told by the reads that matter.
            return UnreachableError("The probe failed.")
        self._state.stats.probes += 1
        return seen

    def _settled(self) -> bool:
        replica = self._state.replica
        return not replica.dirty and replica.want is None and replica.running is None

    def _differs(self, seen: Watermark) -> bool:
        rows = self._state.rows
        if seen.rows is not None and seen.rows != len(rows):
            return True
        if seen.newest is None:
            return False
        key, version = seen.newest
        row = rows.row(key)
        position = self._state.version_position
        return row is None or (position is not None and row[position] != version)
