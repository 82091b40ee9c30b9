"""The chains of a pass: its first page at once, the rest in a few ranges when there is much (design section 2, clause 4)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from rtwidget.abc import Page
from rtwidget.errors import ErrorKind, ReadTooLargeError, SourceError
from rtwidget.feed.passes.page_reader import Fetched, PageReader
from rtwidget.feed.reads.oversized_row import oversized_row
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.runtime.gather import gather
from rtwidget.replica.budgets import MOST_OVERSIZED_ROWS, PAGE_MOST_ROWS, PAGE_ROWS, PASS_CHAINS
from rtwidget.replica.keys import Key
from rtwidget.replica.reads_in_flight import Pass


class ChainReader:
    """Reads one pass after another, each to the ends of its chains; loop thread only.

    Args:
        path: What reads go through.
        chains_from_rows: From how many rows on a pass is read in several chains.
    """

    def __init__(self, context: ReadContext, chains_from_rows: int) -> None:
        self._state = context.state
        self._context = context
        self._chains_from_rows = chains_from_rows
        self._pages = PageReader(context)

    async def read(self, running: Pass, taken: Callable[[Page], None]) -> None:
        """Read a pass until every chain has ended, or until it is no longer the running one.

        Args:
            running: The pass.
            taken: Told each page that was taken.

        Raises:
            SourceError: When a page cannot be read.
        """
        source, replica = self._context.source, self._state.replica
        if source.top_rows is not None:
            # One read of all N rows: they have an order of their own, in which no page could go on by key.
            rows = source.top_rows
            top = await self._pages.fetch(
                running, 0, rows, lambda most: source.read_top(rows, most)
            )
            await self._take(top, taken)
            return
        # An interrupted pass has its ranges already.
        if not running.begun:
            # Whoever looks at the screen waits for this page, and needs to know nothing of the end.
            _, until = await gather(self._first_page(running, taken), self._last_key())
            running.chains[0].until = until
            running.begun = True
            if running is replica.running and not running.ended and self._is_big():
                bounds = await self._bounds()
                # One more is opened behind them, for what is no part of a range.
                areas = replica.rows.areas(len(bounds) + 2) if bounds else [-1, -1]
                running.split(bounds, areas[:-1])
        places = range(len(running.chains))
        await gather(*(self._chain(running, place, taken) for place in places))

    async def _first_page(self, running: Pass, taken: Callable[[Page], None]) -> None:
        await self._take(await self._fetch(running, 0, None, PAGE_ROWS), taken)

    async def _chain(self, running: Pass, place: int, taken: Callable[[Page], None]) -> None:
        """Read pages until an empty one: a short page proves nothing, because servers cap answers silently."""
        replica, chain = self._state.replica, running.chains[place]
        # Some chains of an interrupted pass may have come to their end.
        if not chain.ended:
            fetched = await self._fetch(running, place, chain.after, PAGE_MOST_ROWS)
        while not chain.ended and running is replica.running:
            last = self._pages.last_key(fetched)
            if last is None:
                await self._take(fetched, taken)
                continue
            # A proxy may answer every page with the first one.
            if chain.goes_round(last):
                raise SourceError(
                    "The server gives the same rows again and again, so its answers would never end.",
                    "Check that nothing between here and the database changes the queries; it is tried again.",
                )
            # The next page is on its way while this one is stored.
            fetched, _ = await gather(
                self._fetch(running, place, last, PAGE_MOST_ROWS), self._take(fetched, taken)
            )

    async def _fetch(self, running: Pass, place: int, after: Key | None, limit: int) -> Fetched:
        """Read the page behind a key, and behind rows that are too large to be read."""
        source, chain = self._context.source, running.chains[place]
        read = source.read_versions if running.compares else source.read_page

        async def behind(key: Key | None, most: int) -> Page:
            return await read(key, chain.until, most)

        while True:
            try:
                return await self._pages.fetch(running, place, limit, partial(behind, after))
            except ReadTooLargeError as error:
                after = await self._skip(running, after, chain.until, error)

    async def _skip(
        self, running: Pass, after: Key | None, until: Key | None, error: ReadTooLargeError
    ) -> Key:
        """Leave the row behind a key to a read of its own, and return its key.

        Raises:
            ReadTooLargeError: The error itself, when it is no matter of one row.
        """
        state = self._state
        async with self._context.slot():
            try:
                key = await self._context.health.watch(self._context.source.next_key(after, until))
            except SourceError as other:
                # Not even keys come: it is the query that is too much.
                raise error from other
        if key is None or running is not state.replica.running:
            raise error
        named = oversized_row(state.rows.schema.key, key, error)
        if key not in state.oversized and len(state.oversized) >= MOST_OVERSIZED_ROWS:
            # Keys are read well, so that nothing else makes the waits longer.
            now = asyncio.get_running_loop().time()
            named.retry_after_s = max(0.0, (state.oversized.next_at() or now) - now)
            raise named
        state.replica.skip(running, key)
        state.cannot_read(key, named)
        return key

    async def _take(self, fetched: Fetched, taken: Callable[[Page], None]) -> None:
        await self._pages.take(fetched)
        taken(fetched.page)

    def _is_big(self) -> bool:
        state = self._state
        return max(state.expected_rows or 0, len(state.rows)) >= self._chains_from_rows

    async def _last_key(self) -> Key | None:
        """Return where the pass ends; nothing when that takes too long, because a pass without a bound ends too."""
        try:
            async with self._context.slot():
                return await self._context.health.watch(self._context.source.last_key())
        except ReadTooLargeError:
            self._state.stats.failed_reads += 1
            return None

    async def _bounds(self) -> list[Key]:
        """Return where to cut; nothing when that cannot be had, because one chain is slow but not wrong."""
        try:
            async with self._context.slot():
                return await self._context.health.watch(
                    self._context.source.key_bounds(PASS_CHAINS)
                )
        except SourceError as error:
            if error.kind is not ErrorKind.TRANSIENT:
                raise
            self._state.stats.failed_reads += 1
            return []
