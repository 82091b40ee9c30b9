"""A table whose rows are kept here answers a grid: with queries, values to filter by, and its first rows."""

from __future__ import annotations

from rtwidget.store.order.ordering import Order
from rtwidget.view.query.local_rows import LocalRows
from rtwidget.view.query.view_query import DATABASES_WAY, ViewQuery
from tests.unit.view.query.snapshot_rows import Rows, column


class Table(LocalRows, Rows):
    """A table of rows that a grid can show."""


def table() -> Table:
    return Table([(1, 2, "b"), (2, 3, "c"), (3, 1, "c")])


async def test_a_frozen_query_keeps_its_rows_whatever_happens_to_the_table() -> None:
    some = table()
    live = some.query(ViewQuery((Order("n"),)), lambda: None)
    frozen = some.query(ViewQuery((Order("n"),)), lambda: None, frozen=True)
    some.rows.put((2,), (2, 0, "new"), 2)
    some.rows.remove((3,))
    assert await column(live, 2) == ["new", "b"]
    assert await column(frozen, 2) == ["c", "b", "c"]
    assert not live.still
    assert some.query(ViewQuery(), lambda: None, still=True).still


def test_values_are_counted_as_they_stand_now() -> None:
    some = table()
    assert some.frequent_values("name", DATABASES_WAY) == [("c", 2), ("b", 1)]
    some.rows.remove((3,))
    assert some.frequent_values("name", DATABASES_WAY) == [("b", 1), ("c", 1)]
    assert some.frequent_values("nope", DATABASES_WAY) == []


def test_the_first_rows_are_those_of_the_order_with_the_number_of_all() -> None:
    first = table().first_rows([Order("name", descending=True), Order("n")], 2)
    assert (first.total, first.first, first.keys) == (3, 0, ((3,), (2,)))
    assert first.rows == ((3, 1, "c"), (2, 3, "c"))
    assert [str(kind) for kind in first.kinds] == ["int", "int", "text"]
    assert first.schema.names == ("id", "n", "name")
    assert table().first_rows([], 10).keys == ((1,), (2,), (3,))
    assert Table([]).first_rows([Order("n")], 10).rows == ()
