"""A table of a few rows that counts its snapshots."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rtwidget.replica.keys import Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.order.ordering import Order
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.query.local_query import LocalQuery
from rtwidget.view.query.view_query import ViewQuery

SCHEMA = Schema((Column("id", "int8"), Column("n", "int8"), Column("name", "text")), ("id",))


class CountingRows(KeyedRows):
    """Rows that count how often they were looked at whole."""

    snapshots = 0

    def lazy_snapshot(self) -> Snapshot:
        self.snapshots += 1
        return super().lazy_snapshot()


class Rows:
    """A table of rows to play with."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = CountingRows(SCHEMA)
        for row in rows:
            self.rows.put((row[0],), row, 1)

    def rows_now(self) -> CountingRows:
        return self.rows


def counted(table: Rows, *orders: Order) -> tuple[LocalQuery, asyncio.Event]:
    again = asyncio.Event()
    return LocalQuery(table, ViewQuery(orders), again.set), again


async def column(query: LocalQuery, position: int, first: int = 0, count: int = 10) -> list[object]:
    window = await query.window(first, count)
    return [row[position] for row in window.rows]
