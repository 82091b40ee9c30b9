"""Rows in the order of a view."""

from __future__ import annotations

from rtwidget.store.ordering import Order
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.query import LocalQuery
from tests.unit.store.snapshots import snapshot_of


async def test_views_of_the_same_rows_share_one_answer_until_something_changes() -> None:
    rows = snapshot_of({"n": [2, 3, 1]})
    current: list[Snapshot] = [rows]
    query = LocalQuery(lambda: current[0], [Order("n")])
    first = await query.rows()
    assert first.column(1) == [1, 2, 3]
    assert await query.rows() is first
    query.sort([Order("n", descending=True)])
    assert (await query.rows()).column(1) == [3, 2, 1]
    query.sort([])
    assert await query.rows() is rows
    current[0] = snapshot_of({"n": [9]})
    assert (await query.rows()).column(1) == [9]


async def test_many_rows_are_sorted_on_another_thread_with_the_same_answer() -> None:
    values = [(7 * place) % 5003 for place in range(5003)]
    query = LocalQuery(lambda: snapshot_of({"n": values}), [Order("n")])
    assert (await query.rows()).column(1) == sorted(values)
