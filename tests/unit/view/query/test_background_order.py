"""The order of a big table is made beside the frames, within its share of the time."""

from __future__ import annotations

import asyncio

from rtwidget.replica.delta import Delta
from rtwidget.store.order.ordering import Order
from tests.patience import PATIENCE_S
from tests.unit.view.query.snapshot_rows import Rows, column, counted


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
