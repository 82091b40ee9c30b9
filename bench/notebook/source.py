"""An in-process table of any size as a source: pages by index, no database, no network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from bench.subjects.sample import SCHEMA, row
from rtwidget.abc import Answer, Event, Live, Notification, Page, ResolvedSource, Watermark
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema

# What a row of this table takes in a compressed answer, so that passes are budgeted as they would be.
_ROW_WIRE_BYTES = 100
# What a near server takes for a page; without it a pass would never let go of the loop, as no network does.
_PAGE_S = 0.01


@dataclass(eq=False)
class SampleTable:
    """Sample rows whose keys are 0, 1, 2, ...; loop thread only.

    Args:
        count: How many.
    """

    count: int
    changed: dict[int, Row] = field(default_factory=dict)
    streams: set[asyncio.Queue[Event]] = field(default_factory=set)

    def row(self, key: int) -> Row:
        """Return a row as it stands."""
        return self.changed.get(key) or row(key)

    def put(self, rows: Sequence[Row]) -> None:
        """Change rows, and announce their keys."""
        self.changed.update((int(cells[0] or 0), cells) for cells in rows)
        for stream in self.streams:
            stream.put_nowait(Notification(tuple((cells[0],) for cells in rows)))


class SampleSource:
    """Reads a `SampleTable`.

    Args:
        table: The table.
    """

    top_rows = None
    version_column = None

    def __init__(self, table: SampleTable) -> None:
        self._table = table

    async def describe(self) -> Schema:
        """Return the columns."""
        return SCHEMA

    async def last_key(self) -> Key | None:
        """Return the greatest key."""
        return (self._table.count - 1,)

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        """Return the first key with `after < key <= until`, or None."""
        rows = (await self.read_page(after, until, 1)).rows
        return rows[0][:1] if rows else None

    async def key_bounds(self, parts: int) -> list[Key]:  # noqa: ARG002  (the contract's signature)
        """Return no bounds: one chain of pages is as fast as several."""
        return []

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return the rows with `after < key <= until`."""
        first = 0 if after is None else int(after[0] or 0) + 1
        end = self._table.count if until is None else int(until[0] or 0) + 1
        await asyncio.sleep(_PAGE_S)
        rows = [self._table.row(key) for key in range(first, min(end, first + limit))]
        total = self._table.count if after is None else None
        return Page(SCHEMA.names, rows, len(rows) * _ROW_WIRE_BYTES, total)

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return whole rows: there is no version column."""
        return await self.read_page(after, until, limit)

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        """Return the rows with these keys."""
        # At least one turn of the loop, because no answer comes within the call.
        await asyncio.sleep(0)
        rows = [self._table.row(int(key[0] or 0)) for key in keys]
        return Answer(SCHEMA.names, rows, len(rows) * _ROW_WIRE_BYTES, whole=True)

    async def read_top(self, limit: int, page_rows: int) -> Answer:  # noqa: ARG002  (the contract's signature)
        """Return the first rows."""
        page = await self.read_page(None, None, limit)
        return Answer(page.columns, page.rows, page.wire_bytes, whole=True)

    async def ping(self) -> None:
        """Return: what is in this process always answers."""

    async def probe(self) -> Watermark | None:
        """Return the number of rows."""
        return Watermark(self._table.count)

    async def notifications(self) -> AsyncGenerator[Event]:
        """Yield `Live`, then what the table announces."""
        stream: asyncio.Queue[Event] = asyncio.Queue()
        self._table.streams.add(stream)
        try:
            yield Live()
            while True:
                yield await stream.get()
        finally:
            self._table.streams.discard(stream)

    async def aclose(self) -> None:
        """Nothing is held."""


class SampleRequest:
    """Asks for a `SampleTable`.

    Args:
        table: The table.
    """

    title = "bench"

    def __init__(self, table: SampleTable) -> None:
        self._table = table

    async def resolve(self) -> ResolvedSource:
        """Return a source of its own."""
        return ResolvedSource(id(self._table), SampleSource(self._table))
