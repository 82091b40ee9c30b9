"""PostgreSQL as a `Source`: reads by SQL and notifications by LISTEN, as one role."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from rtwidget.abc import Answer, Event, Page, TableQuery, Watermark
from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Schema
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.listen.listen import listen
from rtwidget.sources.postgres.read.announced_keys import read_named
from rtwidget.sources.postgres.read.reader import Reader
from rtwidget.sources.postgres.read.row_counts import about_rows, counted_rows, key_bounds
from rtwidget.sources.query.top import read_top


class PostgresSource:
    """Reads one query of one table as one role (loop thread only).

    Args:
        address: Where to go, and as whom.
        wanted: What to read.
    """

    def __init__(self, address: Address, wanted: TableQuery) -> None:
        self._address = address
        self._wanted = wanted
        self._reader = Reader(address, wanted)

    @property
    def top_rows(self) -> int | None:
        """How many rows a top-N query keeps; None for a query without a limit."""
        return self._wanted.limit

    @property
    def version_column(self) -> str | None:
        """The column that the user said every change of a row changes."""
        return self._wanted.version

    async def describe(self) -> Schema:
        """Return key columns, names and types from the system catalog."""
        return await self._reader.describe()

    async def last_key(self) -> Key | None:
        """Return the greatest key of the query now, or None when it has no row."""
        rows = (await self._reader.page((await self._reader.query()).last_key())).rows
        return rows[0] if rows else None

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        """Return the first key with `after < key <= until`, or None."""
        query = await self._reader.query()
        rows = (await self._reader.page(query.next_key(after, until))).rows
        return rows[0] if rows else None

    async def key_bounds(self, parts: int) -> list[Key]:
        """Return up to `parts - 1` keys that cut the rows into about equal ranges, in the database's order."""
        return await key_bounds(self._reader, await self._reader.query(), parts)

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return the rows with `after < key <= until`, ordered by key, at most `limit`."""
        query = await self._reader.query()
        total = await about_rows(self._reader, query) if after is None else None
        return await self._reader.page(query.page(after, until, limit), total)

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return key and version of the rows that `read_page` would return."""
        query = await self._reader.query()
        return await self._reader.page(
            query.versions(self._wanted.version or "", after, until, limit)
        )

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        """Return the rows of the query that have one of these keys."""
        return await read_named(self._reader, await self._reader.query(), keys)

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        """Return the first rows of the query in the user's order, at most `limit`, in pages of at most `page_rows`."""
        query = await self._reader.query()
        if page_rows < limit:
            return await read_top(query, self._reader.page, limit, page_rows)
        page = await self._reader.page(query.top(limit))
        return Answer(
            page.columns, page.rows, page.wire_bytes, whole=True, size_bytes=page.size_bytes
        )

    async def ping(self) -> None:
        """Ask for no row of the query, which costs nothing and needs the same rights."""
        await self._reader.page((await self._reader.query()).page(None, None, 0))

    async def probe(self) -> Watermark | None:
        """Return how many rows the query has now, where that is cheap, and with a version column the newest one."""
        query, version = await self._reader.query(), self._wanted.version
        rows = await counted_rows(self._reader, query)
        if version is None:
            return Watermark(rows)
        newest = (await self._reader.page(query.newest(version))).rows
        return Watermark(rows, (newest[0][:-1], newest[0][-1]) if newest else None)

    async def notifications(self) -> AsyncGenerator[Event, None]:
        """Run one connection's life: `Live`, then notifications; raises at the first doubt."""
        async with aclosing(listen(self._address, self._wanted, self._reader.run)) as events:
            async for event in events:
                yield event

    async def aclose(self) -> None:
        """Give back every connection."""
        await self._reader.aclose()
