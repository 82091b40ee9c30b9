"""What a source is told of a query, and what people are told of it."""

from __future__ import annotations

import copy

from rtwidget.abc import Condition, Order, Passthrough, TableQuery
from rtwidget.sources.query.checked_query import checked_query


def test_equal_questions_are_equal_and_can_be_a_key() -> None:
    one = checked_query("t", filter={"a": 1, "b": [2, 1]}, order_by="id.desc", limit=3)
    other = checked_query("t", filter=["b=in.(1,2)", "a=eq.1"], order_by=["id.desc"], limit=3)
    assert one == other == copy.deepcopy(one)
    assert len({one, other}) == 1
    assert one != checked_query("t", filter={"a": 1}, order_by="id.desc", limit=3)


def test_it_names_the_arguments_that_were_given() -> None:
    assert TableQuery("public", "t").given == frozenset()
    query = checked_query("t", filter="a=gt.3", order_by="a", columns="a", version="b")
    assert query.given == {"filter", "order_by", "columns", "version"}


def test_it_knows_the_constants_of_its_filter() -> None:
    filters = (Condition("a", "in", ("1", "2")), Passthrough("or=(a.gt.5,b.is.null)"))
    query = TableQuery("public", "t", filters=filters)
    assert query.constants == {"1", "2", "or=(a.gt.5,b.is.null)"}


def test_nulls_stand_where_the_database_puts_them() -> None:
    assert [Order("a", down).nulls_come_first for down in (False, True)] == [False, True]
    assert Order("a", nulls="nullsfirst").nulls_come_first
    assert not Order("a", descending=True, nulls="nullslast").nulls_come_first
