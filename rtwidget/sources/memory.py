"""An in-process table: the smallest real source, for teaching and for tests of what stands above sources."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from rtwidget.abc import (
    Answer,
    Event,
    Live,
    Notification,
    Page,
    ResolvedSource,
    SourceRequest,
    TableQuery,
    Watermark,
)
from rtwidget.errors import ArgumentError, SourceError
from rtwidget.replica.keys import Key, Row, key_of
from rtwidget.replica.schema import Schema


class MemoryTable:
    """Rows that announce their changes; `live_table("t", source=MemoryTable(...))` shows them.

    Made on any thread. Rows are put and deleted on the loop thread only.

    Args:
        schema: The columns and the key.
        name: The table's name.
    """

    def __init__(self, schema: Schema, name: str = "memory") -> None:
        self.schema = schema
        self.name = name
        self.rows: dict[Key, Row] = {}
        self.streams: set[asyncio.Queue[Event | SourceError]] = set()

    def request_for(self, query: TableQuery) -> SourceRequest:
        """Return the request for all rows (any thread).

        Raises:
            ArgumentError: When anything else is asked for.
        """
        given = {"limit": query.limit, "types": query.types} | dict.fromkeys(query.given, True)
        given.pop("order_by", None)  # without a limit it is the view's own
        refused = [f"{name}=" for name, value in given.items() if value]
        if refused:
            raise ArgumentError(
                f"The table {self.name!r} in memory is read whole, without {', '.join(sorted(refused))}.",
                "Leave that out.",
            )
        return MemoryRequest(self)

    def put(self, *rows: Row) -> None:
        """Insert or update rows, and announce their keys."""
        positions = self.schema.key_positions
        keys = [tuple(row[position] for position in positions) for row in rows]
        self.rows.update(zip(keys, rows, strict=True))
        self._announce(Notification(tuple(keys)))

    def delete(self, *keys: Key) -> None:
        """Delete rows, and announce their keys."""
        for key in keys:
            self.rows.pop(key, None)
        self._announce(Notification(keys))

    def truncate(self) -> None:
        """Delete every row without a word, as TRUNCATE does on Supabase Realtime."""
        self.rows.clear()

    def break_streams(self, error: SourceError) -> None:
        """End every stream with an error."""
        self._announce(error)

    def _announce(self, event: Event | SourceError) -> None:
        for stream in self.streams:
            stream.put_nowait(event)


class MemorySource:
    """Reads a `MemoryTable`; keys come in the order of their values' text.

    Args:
        table: The table.
    """

    def __init__(self, table: MemoryTable) -> None:
        self._table = table

    @property
    def top_rows(self) -> int | None:
        """None: every row is read."""
        return None

    @property
    def version_column(self) -> str | None:
        """None: every pass reads whole rows."""
        return None

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return a page of rows; there is no version column to leave the rest out for."""
        return await self.read_page(after, until, limit)

    async def describe(self) -> Schema:
        """Return the table's schema."""
        return self._table.schema

    async def last_key(self) -> Key | None:
        """Return the greatest key, or None when there is no row."""
        return max(self._table.rows, default=None, key=_rank)

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        """Return the first key of the page that would follow."""
        rows = (await MemorySource.read_page(self, after, until, 1)).rows
        return key_of(rows[0], self._table.schema.key_positions) if rows else None

    async def key_bounds(self, parts: int) -> list[Key]:
        """Return the keys that end each part but the last."""
        keys = sorted(self._table.rows, key=_rank)
        return [keys[len(keys) * part // parts] for part in range(1, parts)] if keys else []

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return the rows with `after < key <= until` in the order of keys, at most `limit`."""
        keys = sorted(self._table.rows, key=_rank)
        if after is not None:
            keys = [key for key in keys if _rank(key) > _rank(after)]
        if until is not None:
            keys = [key for key in keys if _rank(key) <= _rank(until)]
        rows = [self._table.rows[key] for key in keys[:limit]]
        return Page(self._table.schema.names, rows, total=len(self._table.rows))

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        """Return the rows with these keys."""
        rows = [self._table.rows[key] for key in keys if key in self._table.rows]
        return Answer(self._table.schema.names, rows, whole=True)

    async def read_top(self, limit: int, page_rows: int) -> Answer:  # noqa: ARG002  (all come at once)
        """Return the first rows in the order of keys."""
        page = await self.read_page(None, None, limit)
        return Answer(page.columns, page.rows, whole=True)

    async def ping(self) -> None:
        """Return: what is in this process always answers."""

    async def probe(self) -> Watermark | None:
        """Return the number of rows."""
        return Watermark(len(self._table.rows))

    async def notifications(self) -> AsyncGenerator[Event]:
        """Yield `Live`, then what the table announces."""
        stream: asyncio.Queue[Event | SourceError] = asyncio.Queue()
        self._table.streams.add(stream)
        try:
            yield Live(ends_with_connection=True)
            while True:
                event = await stream.get()
                if isinstance(event, SourceError):
                    raise event
                yield event
        finally:
            self._table.streams.discard(stream)

    async def aclose(self) -> None:
        """Nothing is held."""


class MemoryRequest:
    """Asks for a `MemoryTable`."""

    def __init__(self, table: MemoryTable) -> None:
        self._table = table

    @property
    def title(self) -> str:
        """The table's name."""
        return self._table.name

    async def resolve(self) -> ResolvedSource:
        """Return a source; everybody who asks for the same table shares one feed."""
        return ResolvedSource(id(self._table), MemorySource(self._table))


def _rank(key: Key) -> tuple[tuple[int, str], ...]:
    """Return what keys are ordered by: numbers by value through their length, the rest by text."""
    return tuple((len(str(part)) if isinstance(part, int) else 0, str(part)) for part in key)
