"""PostgREST query strings as data."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.query.ranges import Rows
from rtwidget.local.rest.query.rest_conditions import Condition
from rtwidget.local.rest.query.rest_query import parse_query, query_pairs
from rtwidget.local.rest.query.select_and_order import Order, Selected
from rtwidget.local.rest.rest_errors import RestError


def test_a_whole_query() -> None:
    query = parse_query(
        [
            ("select", 'id,k:amount::text,"a,b"'),
            ("id", "gt.1"),
            ("id", "lt.9"),
            ("order", "a.desc.nullslast,id"),
            ("order", "of several the first counts"),
            ("limit", "5"),
            ("offset", "2"),
        ]
    )
    assert query.select == (Selected("id"), Selected("amount", "text", "k"), Selected("a,b"))
    assert [term.operator for term in query.where if isinstance(term, Condition)] == ["gt", "lt"]
    assert query.order == (Order("a", descending=True, nulls="last"), Order("id", False, None))  # noqa: FBT003
    assert query.rows == Rows(2, 6)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("select", "id,other(name)")], "LOCAL501"),
        ([("select", "o:other!inner(name)")], "LOCAL501"),
        ([("select", "...other(name)")], "LOCAL501"),
        ([("select", "data->key")], "LOCAL501"),
        ([("select", "k:data->>key::text")], "LOCAL501"),
        ([("select", "count()")], "PGRST123"),
        ([("select", "total:price.sum()")], "PGRST123"),
        ([("select", "a.b")], "PGRST100"),
        ([("select", "id,")], "PGRST100"),
        ([("select", "id)x")], "PGRST100"),
        ([("order", "other(name).desc")], "LOCAL501"),
        ([("order", "data->key")], "LOCAL501"),
        ([("order", "id.desc.sideways")], "PGRST100"),
        ([("order", "id"), ("order", "id.sideways")], "PGRST100"),
        ([("order", "")], "PGRST100"),
        ([("data->>key", "eq.1")], "LOCAL501"),
        ([("text", "wfts(english).x")], "LOCAL501"),
        ([("other.name", "eq.1")], "PGRST108"),
        ([("other.order", "id")], "PGRST108"),
        ([("other.or", "(a.eq.1)")], "PGRST108"),
        ([("a+b", "eq.1")], "PGRST100"),
        ([("id", "1")], "PGRST100"),
    ],
)
def test_what_is_not_done_here_is_refused_by_name(pairs: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(RestError) as refusal:
        parse_query(pairs)
    assert refusal.value.body["code"] == code


def test_names_are_read_as_postgrest_reads_them() -> None:
    query = parse_query(
        [("select", ' a b ,x-y:"c,d"::text, k$1'), ('"order"', "eq.1"), ("é", "eq.2")]
    )
    assert query.select == (Selected("a b"), Selected("c,d", "text", "x-y"), Selected("k$1"))
    assert [term.column for term in query.where if isinstance(term, Condition)] == ["order", "é"]


def test_a_raw_query_string() -> None:
    text = "a=eq.1+2&b=eq.%2B&c&d=;e=x%3By"
    assert query_pairs(text) == [("a", "eq.1 2"), ("b", "eq.+"), ("d", ""), ("e", "x;y")]


@pytest.mark.parametrize("cast", ["text); drop table t", "int--", "a'b", "x(y)", "text[]"])
def test_a_cast_is_a_type_name_and_nothing_else(cast: str) -> None:
    with pytest.raises(RestError):
        parse_query([("select", f"id::{cast}")])
