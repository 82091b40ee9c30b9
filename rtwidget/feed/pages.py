"""The pages of a pass: one after another, each tried again before the pass is given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

from rtwidget.errors import ErrorKind, SourceError
from rtwidget.feed.gate import ProjectGate
from rtwidget.feed.reading import ReadHealth, note_answer, rows_by_key
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import (
    DIRTY_ROWS_FOR_PASS,
    PAGE_ROWS,
    WHOLE_PASS_EVERY,
)
from rtwidget.replica.compare import complete_versions
from rtwidget.replica.keys import key_of
from rtwidget.replica.lifecycle import Data, Event
from rtwidget.replica.reads import Delta, PageRead, Pass
from rtwidget.sources.base import Answer, Page, Source

# A page that failed this often in a row ends its pass; the pass is still wanted.
_PAGE_TRIES = 3


class PageReader:
    """Reads the pages of one feed's passes into its replica; loop thread only.

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

    async def of(self, running: Pass) -> AsyncGenerator[Page]:
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
        read = source.read_versions if running.compares else source.read_page
        while running is replica.running:
            page = await self._page(running, lambda: read(running.after, running.until, PAGE_ROWS))
            yield page
            if not page.rows:
                return

    async def _page(self, running: Pass, read: Callable[[], Awaitable[Page]]) -> Page:
        for tries_left in reversed(range(_PAGE_TRIES)):
            async with self._gate.read(paced=False):
                page_read = self._state.replica.begin_page(running)
                self._state.plan.began(asyncio.get_running_loop().time())
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
        if isinstance(page, Answer) and not page.whole:
            # Rows moved while they were paged: what is missing proves nothing, so the read is repeated.
            replica.fail(page_read)
            replica.give_up(page_read.of)
            return
        if page_read.of.compares:
            self._take_versions(page_read, page)
            return
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
        self.publish(replica.complete_page(page_read, rows, last))
        if rows and state.lifecycle.data is not Data.COMPLETE:
            state.apply(Event.ROWS_ARRIVED)

    def _take_versions(self, page_read: PageRead, page: Page) -> None:
        state = self._state
        position = state.version_position
        if position is None:
            state.replica.fail(page_read)
            state.replica.give_up(page_read.of)
            return
        versions = {row[:-1]: row[-1] for row in page.rows}
        last = page.rows[-1][:-1] if page.rows else None
        complete_versions(state.replica, page_read, versions, position, last)
        state.stats.pages += 1
        note_answer(state.stats, page)
        if len(state.replica.dirty) > DIRTY_ROWS_FOR_PASS:
            # So many differences are read faster whole.
            state.plan.compared = WHOLE_PASS_EVERY
            state.replica.overflow("many versions differ")
        elif state.replica.dirty:
            state.pacing.notified(asyncio.get_running_loop().time())
            state.wake_keys.set()

    def publish(self, delta: Delta) -> None:
        """Tell what a pass changed; after the first pass, that is what nothing else had found."""
        if self._state.stats.passes:
            changed = len(delta.inserted) + len(delta.updated) + len(delta.removed)
            self._state.stats.repaired_rows += changed
        self._state.take(delta)
