"""Passes: scans of the whole query that find what no notification named (design section 2, clause 4)."""

from __future__ import annotations

import asyncio

from rtwidget.abc import Page
from rtwidget.errors import (
    ColumnNotFoundError,
    ErrorKind,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.feed.passes.chain_reader import ChainReader
from rtwidget.feed.passes.pass_progress import PassProgress
from rtwidget.feed.passes.table_description import describe_table
from rtwidget.feed.reads.answer_checks import columns_changed
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.replica.budgets import RECONNECT_BASE_S, WHOLE_PASS_EVERY
from rtwidget.replica.reads_in_flight import Pass
from rtwidget.replica.states.lifecycle import Data, Event, Stream


class PassRunner:
    """Describes the table, then runs wanted and scheduled passes.

    Args:
        path: What reads go through.
        chains_from_rows: From how many rows on a pass is read in several chains.
    """

    def __init__(self, context: ReadContext, chains_from_rows: int) -> None:
        self._state = context.state
        self._context = context
        self._chains = ChainReader(context, chains_from_rows)
        self._progress: PassProgress | None = None

    async def run(self) -> None:
        """Run one pass after another as they come due, until cancelled.

        Raises:
            SourceError: When the answer needs the user.
        """
        while True:
            # An interrupted pass was due already, and what it has read grows old.
            if not self._interrupted:
                await self._until_due()
            described = self._state.described
            try:
                if not described:
                    await describe_table(self._context)
                await self._pass()
            except (ColumnNotFoundError, TableNotFoundError) as error:
                # A column that is missing right after the table was described is one that the user named.
                if not described:
                    raise
                columns_changed(self._state)
                await self._state.retry.wait(self._pause_s(error))
            except SourceError as error:
                await self._state.retry.wait(self._context.health.failed(error))

    async def _until_due(self) -> None:
        state, clock = self._state, asyncio.get_running_loop().time
        while True:
            polling = state.lifecycle.stream is Stream.UNAVAILABLE
            due_at = state.plan.scheduled_at(polling=polling)
            # The first pass, or the first with other columns, waits for nothing but failures.
            if not state.described:
                due_at = state.plan.not_before
            if state.replica.want is not None:
                wanted_at = state.plan.wanted_at(clock(), attended=state.attended)
                due_at = wanted_at if due_at is None else min(due_at, wanted_at)
            if due_at is not None and due_at <= clock():
                return
            state.wake_passes.clear()
            try:
                async with asyncio.timeout(None if due_at is None else due_at - clock()):
                    await state.wake_passes.wait()
            except TimeoutError:
                return

    async def _pass(self) -> None:
        """Run a pass, or go on with the last one from where a failure left it, so that every pass ends some day."""
        state, clock = self._state, asyncio.get_running_loop().time
        if not self._interrupted:
            self._progress = self._begin(clock())
        progress, preempted = self._progress, False
        assert progress is not None  # noqa: S101  (begun here or before)
        running = progress.of

        def taken(page: Page) -> None:
            nonlocal preempted
            progress.wire_bytes += page.wire_bytes
            # After a gap only a pass that begins after it makes the table right, so a merely scheduled one gives way.
            if progress.scheduled and self._wanted_now():
                preempted = True
                state.replica.give_up(running)

        try:
            with progress.attempt(clock):
                await self._chains.read(running, taken)
                if running.compares:
                    await self._check_columns(running)
        except BaseException as error:
            if isinstance(error, SourceError) and error.kind is ErrorKind.TRANSIENT:
                state.replica.interrupt(running)
            else:
                state.replica.give_up(running)
            raise
        if running is not state.replica.running:
            # A reset, other columns, rows that moved, or a gap that wants its own pass: only the last is no failure.
            if not preempted:
                state.plan.gave_up(clock())
            return
        delta = state.replica.complete_pass(running)
        state.settle_oversized()
        state.loss_detector.pass_completed()
        ended = progress.began + progress.spent_s
        state.plan.completed(progress.began, ended, progress.wire_bytes, compared=running.compares)
        # Not its end: what changed behind a chain's position meanwhile was not seen.
        state.verified_at = progress.began_wall
        # No commit waits any longer, and the time of a pass is no lag of notifications.
        state.oldest_commit_at = None
        state.publish_repair(delta)
        state.stats.passes += 1
        # After a gap only a pass that began after it makes the rows complete again.
        missed = state.lifecycle.data is Data.MISSED and state.replica.want is not None
        state.apply(Event.READS_WORK if missed else Event.PASS_COMPLETED)

    @property
    def _interrupted(self) -> bool:
        """Whether the last pass was interrupted by a failure, and goes on."""
        return self._progress is not None and self._progress.of is self._state.replica.running

    def _begin(self, now: float) -> PassProgress:
        state = self._state
        scheduled = state.replica.want is None
        running = state.replica.begin_pass()
        state.loss_detector.pass_began(now)
        running.compares = self._compares()
        return PassProgress(running, now, state.wall(), scheduled)

    async def _check_columns(self, running: Pass) -> None:
        """Give a compare pass up when the columns changed, which versions do not show but one whole row does."""
        state = self._state
        try:
            async with self._context.slot():
                page = await self._context.health.watch(
                    self._context.source.read_page(None, None, 1)
                )
        except ReadTooLargeError:
            # The whole rows of the next whole pass tell as well.
            return
        if page.rows and page.columns != state.rows.schema.names:
            columns_changed(state, page.columns)
            state.replica.give_up(running)
        elif running.rows and not page.rows:
            # Every row went meanwhile, and with them what would show the columns: only whole rows tell now.
            state.plan.compared = WHOLE_PASS_EVERY
            state.replica.give_up(running)

    def _compares(self) -> bool:
        state = self._state
        possible = state.version_position is not None and self._context.source.top_rows is None
        return possible and state.plan.compares_next()

    def _wanted_now(self) -> bool:
        """Return whether a gap wants its own pass, which replaces a scheduled one."""
        state = self._state
        now = asyncio.get_running_loop().time()
        return state.replica.want is not None and state.plan.wanted_at(now) <= now

    def _pause_s(self, error: SourceError) -> float:
        return max(RECONNECT_BASE_S, error.retry_after_s or 0.0)
