"""A store full of sample rows and one sorted and filtered view of it, as a feed and a browser view hold them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

from bench.subjects.sample import SCHEMA
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.order.ordering import Order
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.query.local_query import LocalQuery
from rtwidget.view.query.view_query import Between, ColumnFilter, ViewQuery

LEAST_PRICE: Final = 500
SORTED: Final = ViewQuery(
    orders=(Order("updated_at", descending=True),),
    filters=(ColumnFilter("price", Between(low=str(LEAST_PRICE))),),
)
_STEP_S: Final = 0.02


class OurTable:
    """A store as a feed keeps it: a revision for each batch, a snapshot for each revision.

    Args:
        rows: The first rows.
        schema: Their columns.
    """

    def __init__(self, rows: Iterable[Row], schema: Schema = SCHEMA) -> None:
        self.rows = KeyedRows(schema)
        self.revision = 0
        for cells in rows:
            self.rows.put((cells[0],), cells, 1)
        self.revision = 1
        self._made: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """Return all rows."""
        revision = self.revision
        if self._made is None or self._made.revision != revision:
            self._made = self.rows.snapshot(revision)
        return self._made

    def rows_now(self) -> KeyedRows:
        """Return the rows for looking up."""
        return self.rows

    def take(self, batch: Iterable[Row]) -> Delta:
        """Store a batch as a completed read does, and return what it changed."""
        delta = Delta()
        stamp = self.revision + 1
        for cells in batch:
            key: Key = (cells[0],)
            changed = self.rows.put(key, cells, stamp)
            if changed is None:
                delta.inserted.add(key)
            elif changed:
                delta.updated[key] = changed
        self.revision = stamp
        return delta


class OurView:
    """A view of a table; needs a running loop.

    Args:
        table: The table.
        query: What it shows.
    """

    def __init__(self, table: OurTable, query: ViewQuery = SORTED) -> None:
        self.table = table
        self._reordered = asyncio.Event()
        self._query = LocalQuery(table, query, self._reordered.set)

    def take(self, batch: Iterable[Row]) -> None:
        """Store a batch, and mark the view."""
        self._query.changed(self.table.take(batch))

    async def window(self, first: int, count: int) -> WindowRows:
        """Return the rows of a window."""
        return await self._query.window(first, count)

    async def settled(self, first_key: int, limit_s: float) -> bool:
        """Read windows until this key comes first; return whether it did in time."""
        try:
            async with asyncio.timeout(limit_s):
                while True:
                    window = await self.window(0, 1)
                    if window.keys and window.keys[0] == (first_key,):
                        return True
                    # As a browser does: it asks again when the order was made, or a frame later.
                    await asyncio.sleep(_STEP_S)
        except TimeoutError:
            return False
