"""A source in memory that can do everything that the kit asks about; its methods are overridden one by one to break a promise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from rtwidget.abc import (
    Answer,
    Column,
    Condition,
    Event,
    Key,
    Page,
    ResolvedSource,
    Row,
    Schema,
    SourceRequest,
    TableQuery,
    Watermark,
)
from rtwidget.errors import ArgumentError, UnreachableError
from rtwidget.sources.memory import MemorySource, MemoryTable

SCHEMA = Schema((Column("id", "int8"), Column("text"), Column("version")), ("id",))


@dataclass
class Server:
    """A table in memory, what caps its answers, and whether it answers at all."""

    table: MemoryTable = field(default_factory=lambda: MemoryTable(SCHEMA, "numbered"))
    cap: int = 1_000
    down: bool = False
    writes: int = 0


class FullSource(MemorySource):
    """A memory source with filters, columns, a limit, versions, and a server that may be away."""

    def __init__(self, server: Server, query: TableQuery) -> None:
        self.server, self.query = server, query
        self.view = MemoryTable(server.table.schema)
        super().__init__(self.view)

    @property
    def top_rows(self) -> int | None:
        return self.query.limit

    @property
    def version_column(self) -> str | None:
        return self.query.version

    async def ask(self) -> None:
        """Let others run, as whoever waits for a server does, and look at the rows."""
        await asyncio.sleep(0)
        if self.server.down:
            raise UnreachableError("The server is away.")
        allowed = [
            {(int(value),) for value in one.values}
            for one in self.query.filters
            if isinstance(one, Condition)
        ]
        rows = self.server.table.rows
        self.view.rows = {key: rows[key] for key in rows if all(key in keys for keys in allowed)}

    def chosen(self, page: Page, *names: str) -> Page:
        """Return a page with only these columns, and as many rows as the server gives."""
        columns = names or self.query.columns or page.columns
        places = [page.columns.index(name) for name in columns]
        rows: list[Row] = [tuple(row[place] for place in places) for row in page.rows]
        return Page(tuple(columns), rows[: self.server.cap])

    async def describe(self) -> Schema:
        await self.ask()
        names = self.query.columns or SCHEMA.names
        return Schema(tuple(map(Column, names)), ("id",))

    async def last_key(self) -> Key | None:
        await self.ask()
        return await super().last_key()

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        await self.ask()
        return await super().next_key(after, until)

    async def key_bounds(self, parts: int) -> list[Key]:
        await self.ask()
        return await super().key_bounds(parts)

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        await self.ask()
        return self.chosen(await super().read_page(after, until, limit))

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        await self.ask()
        return self.chosen(await super().read_page(after, until, limit), "id", "version")

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        await self.ask()
        page = self.chosen(await super().read_keys(keys))
        whole = len(page.rows) < self.server.cap
        return Answer(page.columns, page.rows, whole=whole)

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        await self.ask()
        page = self.chosen(await MemorySource.read_page(self, None, None, limit))
        return Answer(page.columns, page.rows, whole=True)

    async def ping(self) -> None:
        await self.ask()

    async def probe(self) -> Watermark | None:
        await self.ask()
        rows = self.view.rows
        newest = max(rows, key=lambda key: int(rows[key][2] or 0), default=None)
        return Watermark(len(rows), None if newest is None else (newest, rows[newest][2]))

    async def notifications(self) -> AsyncGenerator[Event]:
        await self.ask()
        self._table, view = self.server.table, self._table
        events = super().notifications()
        first = await anext(events)
        self._table = view
        try:
            yield first
            async for event in events:
                yield event
        finally:
            await events.aclose()


@dataclass(frozen=True)
class FullRequest:
    server: Server
    query: TableQuery
    kind: type[FullSource]

    @property
    def title(self) -> str:
        return self.query.table

    async def resolve(self) -> ResolvedSource:
        return ResolvedSource((id(self.server), self.query), self.kind(self.server, self.query))


@dataclass(frozen=True)
class FullFactory:
    """Makes sources of one kind, with requests of one kind."""

    server: Server
    source: type[FullSource] = FullSource
    request: type[FullRequest] = FullRequest

    def request_for(self, query: TableQuery) -> SourceRequest:
        if query.filters and not all(one.column == "id" for one in _conditions(query)):
            raise ArgumentError("Only the key is filtered.")
        return self.request(self.server, query, self.source)


def _conditions(query: TableQuery) -> list[Condition]:
    return [one for one in query.filters if isinstance(one, Condition)]
