"""Rows in the order of a view: cells always current, the order as often as it is cheap."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.order.ordering import Order
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.query.local_query import LocalQuery
from rtwidget.view.query.view_query import ViewQuery
from tests.patience import PATIENCE_S

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


async def test_rows_come_in_the_order_that_was_asked_for() -> None:
    query, _ = counted(Rows([(1, 2, "b"), (2, 3, "c"), (3, 1, "a")]), Order("n"))
    assert await column(query, 1) == [1, 2, 3]
    query.ask(ViewQuery((Order("n", descending=True),)))
    assert await column(query, 1) == [3, 2, 1]
    query.ask(ViewQuery())
    assert await column(query, 0) == [1, 2, 3]


async def test_a_changed_cell_is_current_without_making_the_order_anew() -> None:
    table = Rows([(1, 1, "a"), (2, 2, "b")])
    query, _ = counted(table, Order("n"))
    await query.window(0, 10)
    changed = table.rows.put((2,), (2, 2, "new"), 2)
    assert changed is not None
    query.changed(Delta(updated={(2,): changed}))
    assert await column(query, 2) == ["a", "new"]
    assert table.rows.snapshots == 1


async def test_a_change_of_a_sorted_column_or_of_the_rows_makes_the_order_anew() -> None:
    table = Rows([(1, 1, "a"), (2, 2, "b")])
    query, _ = counted(table, Order("n"))
    await query.window(0, 10)
    query.forget()
    changed = table.rows.put((1,), (1, 9, "a"), 2)
    assert changed is not None
    query.changed(Delta(updated={(1,): changed}))
    assert await column(query, 1) == [2, 9]
    query.forget()
    table.rows.put((3,), (3, 5, "c"), 3)
    query.changed(Delta(inserted={(3,)}))
    assert await column(query, 1) == [2, 5, 9]


async def test_a_row_that_went_since_the_order_was_made_leaves_no_gap() -> None:
    table = Rows([(1, 1, "a"), (2, 2, "b"), (3, 3, "c")])
    query, _ = counted(table)
    await query.window(0, 10)
    table.rows.remove((2,))
    assert await column(query, 0) == [1, 3]


async def test_the_end_shows_the_last_rows() -> None:
    query, _ = counted(Rows([(number, number, "x") for number in range(100)]))
    window = await query.window(98, 10)
    assert (window.first, window.total, len(window.rows)) == (90, 100, 10)


async def test_a_big_order_waits_for_its_share_of_the_time_and_then_asks_again() -> None:
    table = Rows([(number, (7 * number) % 5003, "x") for number in range(5003)])
    query, again = counted(table, Order("n"))
    assert await column(query, 1, count=5003) == list(range(5003))
    made = table.rows.snapshots
    table.rows.put((9999,), (9999, -1, "first"), 2)
    query.changed(Delta(inserted={(9999,)}))
    await query.window(0, 10)
    assert table.rows.snapshots == made
    async with asyncio.timeout(PATIENCE_S):
        await again.wait()
    assert await column(query, 1, count=2) == [-1, 0]
