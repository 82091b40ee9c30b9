"""Passes: scans of the whole query that find what no notification named (design section 2, clause 4)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from rtwidget.errors import ColumnNotFoundError, ErrorKind, SourceError, TableNotFoundError
from rtwidget.feed.gate import ProjectGate
from rtwidget.feed.reading import ReadHealth, columns_changed, note_answer, rows_by_key
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import PAGE_ROWS, RECONNECT_BASE_S
from rtwidget.replica.keys import key_of
from rtwidget.replica.lifecycle import Data, Event, Stream
from rtwidget.replica.reads import Delta, PageRead, Pass
from rtwidget.replica.schema import Schema
from rtwidget.sources.base import Page, Source

# A page that failed this often in a row ends its pass; the pass is still wanted.
_PAGE_TRIES = 3


class PassRunner:
    """Describes the table, then runs wanted and scheduled passes.

    Args:
        state: The feed's state.
        source: Where pages are read.
        gate: The project's budget.
        health: Whether reads work.
    """

    def __init__(
        self, state: FeedState, source: Source, gate: ProjectGate, health: ReadHealth
    ) -> None:
        self._state = state
        self._source = source
        self._gate = gate
        self._health = health

    async def run(self) -> None:
        """Run one pass after another as they come due, until cancelled.

        Raises:
            SourceError: When the answer needs the user.
        """
        while True:
            await self._until_due()
            try:
                if not self._state.described:
                    await self._describe()
                await self._pass()
            except (ColumnNotFoundError, TableNotFoundError) as error:
                if not self._state.described:
                    raise
                columns_changed(self._state)
                await self._state.retry.wait(self._pause_s(error))
            except SourceError as error:
                await self._state.retry.wait(self._health.failed(error))

    async def _until_due(self) -> None:
        state, clock = self._state, asyncio.get_running_loop().time
        while True:
            polling = state.lifecycle.stream is Stream.UNAVAILABLE
            due_at = state.plan.scheduled_at(polling=polling)
            if state.replica.want is not None:
                wanted_at = state.plan.wanted_at(clock())
                due_at = wanted_at if due_at is None else min(due_at, wanted_at)
            if due_at is not None and due_at <= clock():
                return
            state.wake_passes.clear()
            try:
                async with asyncio.timeout(None if due_at is None else due_at - clock()):
                    await state.wake_passes.wait()
            except TimeoutError:
                return

    async def _describe(self) -> None:
        state = self._state
        schema = await self._health.watch(self._source.describe())
        if not state.rows.schema.columns or schema.names != state.rows.schema.names:
            self._adopt(schema)
        state.described = True
        state.keys_trusted = schema.exact_keys
        state.wake_keys.set()

    def _adopt(self, schema: Schema) -> None:
        known = self._state.rows.schema
        self._state.reset("the columns changed" if known.columns else "the first read", schema)

    async def _pass(self) -> None:
        state, clock = self._state, asyncio.get_running_loop().time
        began, began_wall = clock(), state.wall()
        running = state.replica.begin_pass()
        wire_bytes = 0
        try:
            async with aclosing(self._pages(running)) as pages:
                async for page in pages:
                    wire_bytes += page.wire_bytes
        except BaseException:
            state.replica.give_up(running)
            raise
        if running is not state.replica.running:
            return  # A reset or a change of columns took its place.
        delta = state.replica.complete_pass(running)
        state.plan.completed(began, clock(), wire_bytes)
        state.verified_at = began_wall
        self._publish(delta)
        state.stats.passes += 1
        state.apply(Event.PASS_COMPLETED)

    async def _pages(self, running: Pass) -> AsyncGenerator[Page]:
        """Yield pages up to the greatest key at the start, until an empty one: a short page proves nothing."""
        replica, source = self._state.replica, self._source
        if source.top_rows is not None:
            rows = source.top_rows
            yield await self._page(running, lambda: source.read_top(rows))
            return
        async with self._gate.read(paced=False):
            running.until = await self._health.watch(source.last_key())
        if running.until is None:
            return
        while running is replica.running:
            page = await self._page(
                running, lambda: source.read_page(running.after, running.until, PAGE_ROWS)
            )
            yield page
            if not page.rows:
                return

    async def _page(self, running: Pass, read: Callable[[], Awaitable[Page]]) -> Page:
        for tries_left in reversed(range(_PAGE_TRIES)):
            async with self._gate.read(paced=False):
                page_read = self._state.replica.begin_page(running)
                try:
                    page = await self._health.watch(read())
                    self._take(page_read, page)
                except SourceError as error:
                    self._state.replica.fail(page_read)
                    if not tries_left or error.kind is not ErrorKind.TRANSIENT:
                        raise
                    failure = error
                except BaseException:
                    self._state.replica.fail(page_read)
                    raise
                else:
                    return page
            await self._state.retry.wait(self._health.failed(failure))
        raise AssertionError("the last try returns or raises")

    def _take(self, page_read: PageRead, page: Page) -> None:
        state, replica = self._state, self._state.replica
        rows = rows_by_key(state, page)
        if rows is None:
            replica.give_up(page_read.of)
            rows = {}
        if page.total is not None:
            state.expected_rows = page.total
        positions = state.rows.schema.key_positions if rows else ()
        last = key_of(page.rows[-1], positions) if rows else None
        state.stats.pages += 1
        note_answer(state.stats, page)
        self._publish(replica.complete_page(page_read, rows, last))
        if rows and state.lifecycle.data is not Data.COMPLETE:
            state.apply(Event.ROWS_ARRIVED)

    def _publish(self, delta: Delta) -> None:
        if self._state.stats.passes:
            changed = len(delta.inserted) + len(delta.updated) + len(delta.removed)
            self._state.stats.repaired_rows += changed
        self._state.take(delta)

    def _pause_s(self, error: SourceError) -> float:
        return max(RECONNECT_BASE_S, error.retry_after_s or 0.0)
