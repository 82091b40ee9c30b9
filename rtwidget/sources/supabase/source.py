"""Supabase as a `Source`: reads over REST and notifications over Realtime, as one identity."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import NoReturn

from rtwidget.abc import Answer, Event, Page, TableQuery, Watermark
from rtwidget.errors import SourceError
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.sources.query.top import read_top
from rtwidget.sources.supabase.credentials.credentials import Credentials
from rtwidget.sources.supabase.realtime.socket import listen
from rtwidget.sources.supabase.rest.describe import find_schema
from rtwidget.sources.supabase.rest.key_order_check import Joins
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import Count, RestClient, Rows
from rtwidget.sources.supabase.tokens.token_pool import TokenPool


class SupabaseSource:
    """Reads one query of one table as one identity (loop thread only).

    Args:
        credentials: Where to go and with which key.
        wanted: What to read.
        tokens: Gives the tokens of the identity.
    """

    def __init__(self, credentials: Credentials, wanted: TableQuery, tokens: TokenPool) -> None:
        self._credentials = credentials
        self._wanted = wanted
        self._tokens = tokens
        self._rest = RestClient(credentials.endpoint, credentials.key, wanted)
        self._joins: Joins | None = None

    @property
    def top_rows(self) -> int | None:
        """How many rows a top-N query keeps; None for a query without a limit."""
        return self._wanted.limit

    @property
    def version_column(self) -> str | None:
        """The column that the user said every change of a row changes."""
        return self._wanted.version

    async def describe(self) -> Schema:
        """Return key columns, and the names and types that the API tells."""
        schema = await find_schema(self._wanted, self._description, self._rows)
        types = {column.name: column.type for column in schema.columns}
        query = Query.of(self._wanted, schema.key, types)
        self._joins = Joins(query, schema, lambda text: self._rows_of(query.key, text))
        return schema

    async def last_key(self) -> Key | None:
        """Return the greatest key of the query now, or None when it has no row."""
        query = (await self._ready()).query
        keys = await self._rows_of(query.key, query.last_key())
        return keys[0] if keys else None

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        """Return the first key with `after < key <= until`, or None."""
        query = (await self._ready()).query
        keys = await self._rows_of(query.key, query.next_key(after, until))
        return keys[0] if keys else None

    async def key_bounds(self, parts: int) -> list[Key]:
        """Return at most `parts - 1` keys that cut the rows into about equal ranges, by an estimated count."""
        query = (await self._ready()).query
        rows = await self._tokens.read(
            lambda token: self._rest.count(query.count(), token, "estimated")
        )
        bounds: list[Key] = []
        # One after another, because the budget counts them as one read.
        for part in range(1, parts if rows else 1):
            bounds += await self._rows_of(query.key, query.key_at((rows or 0) * part // parts))
        return bounds

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return the rows with `after < key <= until`, ordered by key, at most `limit`."""
        joins = await self._ready()
        query = joins.query
        count: Count | None = "estimated" if after is None else None
        page = self._page(query.page(after, until, limit), count)
        return await joins.read(page, after, until)

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return key and version of the rows that `read_page` would return."""
        joins, version = await self._ready(), self._wanted.version or ""
        query = joins.query
        versions = self._page(query.versions(version, after, until, limit))
        page = await joins.read(versions, after, until)
        return page if not page.rows or page.columns == (*query.key, version) else _refuse()

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        """Return the rows of the query that have one of these keys."""
        if not keys:
            return Answer((), (), whole=True)
        found = Answer((), (), whole=True)
        for query in (await self._ready()).query.key_batches(keys):
            answer = await self._rows(query, "exact")
            whole = not answer.rows if answer.total is None else answer.total == len(answer.rows)
            columns, wire_bytes = answer.columns, found.wire_bytes + answer.wire_bytes
            size_bytes = found.size_bytes + answer.size_bytes
            if found.columns and columns and columns != found.columns:
                # The table was altered between the two: the newer answer shows it.
                return Answer(columns, answer.rows, wire_bytes)
            rows = [*found.rows, *answer.rows]
            whole = whole and found.whole
            found = Answer(
                columns or found.columns, rows, wire_bytes, whole=whole, size_bytes=size_bytes
            )
        return found

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        """Return the first rows of the query in the user's order, at most `limit`, in pages of at most `page_rows`."""
        return await read_top((await self._ready()).query, self._rows, limit, page_rows)

    async def ping(self) -> None:
        """Ask for no row of the query, which costs nothing and needs the same rights."""
        await self._rows((await self._ready()).query.page(None, None, 0))

    async def probe(self) -> Watermark | None:
        """Return how many rows the query has now, and with a version column the newest one."""
        query = (await self._ready()).query
        count = query.count()
        rows = await self._tokens.read(lambda token: self._rest.count(count, token, "exact"))
        if self._wanted.version is None:
            return Watermark(rows)
        version = self._wanted.version
        newest = await self._rows_of((*query.key, version), query.newest(version))
        return Watermark(rows, (newest[0][:-1], newest[0][-1]) if newest else None)

    async def notifications(self) -> AsyncGenerator[Event, None]:
        """Run one connection's life: `Live`, then notifications; raises at the first doubt."""
        wanted, credentials = self._wanted, self._credentials
        key = wanted.key or (await self._ready()).query.key
        binding = (wanted.schema, wanted.table, key)
        events = listen(credentials.endpoint, credentials.key, self._tokens, binding)
        async with aclosing(events):
            async for event in events:
                yield event

    async def aclose(self) -> None:
        """Give back every connection."""
        await self._rest.aclose()

    async def _page(self, query: str, count: Count | None = None) -> Page:
        one = await self._rows(query, count)
        return Page(one.columns, one.rows, one.wire_bytes, one.total, size_bytes=one.size_bytes)

    async def _ready(self) -> Joins:
        if self._joins is None:
            await self.describe()
        assert self._joins is not None  # noqa: S101  (described, or an error was raised)
        return self._joins

    async def _description(self) -> bytes:
        return await self._tokens.read(self._rest.catalog)

    async def _rows(self, query: str, count: Count | None = None) -> Rows:
        return await self._tokens.read(lambda token: self._rest.rows(query, token, count))

    async def _rows_of(self, columns: tuple[str, ...], query: str) -> list[Row]:
        """Return the rows of a query that names its columns."""
        answer = await self._rows(query)
        return answer.rows if not answer.rows or answer.columns == columns else _refuse()


def _refuse() -> NoReturn:
    raise SourceError("The server answered with other columns than were asked for.")
