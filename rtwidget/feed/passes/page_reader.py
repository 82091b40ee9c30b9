"""One page of a pass: fetched, tried again before the pass is given up, then taken into the replica."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rtwidget.abc import Answer, Page
from rtwidget.errors import ErrorKind, ReadTooLargeError, SourceError
from rtwidget.feed.reads.answer_checks import note_answer, rows_by_key
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.replica.budgets import DIRTY_ROWS_FOR_PASS, TAKE_ROWS, WHOLE_PASS_EVERY
from rtwidget.replica.compare_pass import take_versions
from rtwidget.replica.keys import Key, key_of
from rtwidget.replica.reads_in_flight import PageRead, Pass
from rtwidget.replica.states.lifecycle import Data, Event

# A page that failed this often in a row ends its pass; the pass is still wanted.
_PAGE_TRIES = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was answered, and is not yet taken."""

    read: PageRead
    page: Page


class PageReader:
    """Reads the pages of one feed's passes into its replica; loop thread only.

    Args:
        path: What reads go through.
    """

    def __init__(self, context: ReadContext) -> None:
        self._state = context.state
        self._context = context
        self._clock = asyncio.get_running_loop().time

    async def fetch(
        self, running: Pass, place: int, limit: int, read: Callable[[int], Awaitable[Page]]
    ) -> Fetched:
        """Read a page of the chain at this place, with fewer rows where more do not come.

        Args:
            running: The pass.
            place: The chain's place in it.
            limit: How many rows are wanted at most.
            read: Reads at most so many.

        Raises:
            ReadTooLargeError: When not even one row comes.
            SourceError: When it fails several times in a row, or in a way that time does not mend.
        """
        replica, health, clock = self._state.replica, self._context.health, self._clock
        size = self._context.version_pages if running.compares else self._context.row_pages
        tries_left = _PAGE_TRIES
        while True:
            async with self._context.slot():
                asked, page_read, began = (
                    size.of(limit),
                    replica.begin_page(running, place),
                    clock(),
                )
                self._state.plan.began(began)
                try:
                    page = await health.watch(read(asked))
                except SourceError as error:
                    replica.fail(page_read)
                    failure = error
                except BaseException:
                    replica.fail(page_read)
                    raise
                else:
                    size.answered(asked, len(page.rows), page.size_bytes, clock() - began)
                    return Fetched(page_read, page)
            too_large = isinstance(failure, ReadTooLargeError)
            if too_large or (failure.kind is ErrorKind.TRANSIENT and health.answered_since(began)):
                size.failed(asked)
            # Fewer rows are another question, so no try is lost.
            if too_large and asked > 1:
                self._state.stats.failed_reads += 1
                continue
            tries_left -= 1
            if too_large or not tries_left or failure.kind is not ErrorKind.TRANSIENT:
                raise failure
            # The slot is free meanwhile: others may be answered.
            await self._state.retry.wait(health.failed(failure, began))

    def last_key(self, fetched: Fetched) -> Key | None:
        """Return where the chain continues, or None when the page says that it does not."""
        page, schema = fetched.page, self._state.rows.schema
        if not page.rows:
            return None
        if fetched.read.of.compares:
            return page.rows[-1][:-1]
        return key_of(page.rows[-1], schema.key_positions) if page.columns == schema.names else None

    async def take(self, fetched: Fetched) -> None:
        """Store a page, in steps that others may come between."""
        page_read, page = fetched.read, fetched.page
        state, replica = self._state, self._state.replica
        if isinstance(page, Answer) and not page.whole:
            # Rows moved while they were paged: what is missing proves nothing, so the read is repeated.
            replica.give_up(page_read.of)
            return
        if page_read.of.compares:
            await self._take_versions(fetched)
            return
        rows = rows_by_key(state, page)
        if rows is None:
            replica.give_up(page_read.of)
            return
        if page.total is not None:
            state.expected_rows = page.total
        state.stats.pages += 1
        note_answer(state.stats, page)
        # A top-N answer is all there is; whatever a page holds, another may follow.
        last = None if isinstance(page, Answer) else self.last_key(fetched)
        *steps, rest = _steps(rows)
        loading = bool(rows) and state.lifecycle.data is not Data.COMPLETE
        if loading:
            # Before the first of them is stored: rows that are seen while nothing else is done are no longer "connecting".
            state.apply(Event.ROWS_ARRIVED)
        # Between two steps the loop tells what waits: reads of keys, frames, goodbyes.
        for step in steps:
            state.publish_repair(replica.take_rows(page_read, step))
            await asyncio.sleep(0)
        state.publish_repair(replica.complete_page(page_read, rest, last))
        if loading:
            state.tell()

    async def _take_versions(self, fetched: Fetched) -> None:
        state, page_read, page = self._state, fetched.read, fetched.page
        position = state.version_position
        # The version column is gone, so only whole rows can be compared.
        if position is None:
            state.replica.give_up(page_read.of)
            return
        for step in _steps({row[:-1]: row[-1] for row in page.rows}):
            unannounced = take_versions(state.replica, page_read, step, position)
            state.suspect(unannounced)
            await asyncio.sleep(0)
        state.replica.complete_page(page_read, {}, self.last_key(fetched))
        state.stats.pages += 1
        note_answer(state.stats, page)
        if len(state.replica.dirty) > DIRTY_ROWS_FOR_PASS:
            # So many differences are read faster whole.
            state.plan.compared = WHOLE_PASS_EVERY
            state.replica.overflow("many versions differ")
        elif state.replica.dirty:
            state.pacing.notified(asyncio.get_running_loop().time())
            state.wake_keys.set()


def _steps(rows: Mapping[Key, T]) -> list[dict[Key, T]]:
    """Cut a page into what may be taken at once."""
    items = list(rows.items())
    starts = range(0, max(1, len(items)), TAKE_ROWS)
    return [dict(items[start : start + TAKE_ROWS]) for start in starts]
