"""Rows in the order of a view: cells always current, the order as often as it is cheap."""

from __future__ import annotations

from rtwidget.store.order.ordering import Order
from rtwidget.view.query.view_query import ViewQuery
from tests.unit.view.query.snapshot_rows import Rows, column, counted


async def test_rows_come_in_the_order_that_was_asked_for() -> None:
    query, _ = counted(Rows([(1, 2, "b"), (2, 3, "c"), (3, 1, "a")]), Order("n"))
    assert await column(query, 1) == [1, 2, 3]
    query.ask(ViewQuery((Order("n", descending=True),)))
    assert await column(query, 1) == [3, 2, 1]
    query.ask(ViewQuery())
    assert await column(query, 0) == [1, 2, 3]


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
