"""Each view has its own order, filters and search, which it brings again when the kernel forgot it."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.store.order.ordering import Order
from rtwidget.view.messages.query_message import (
    MOST_FILTERS,
    MOST_LEVELS,
    MOST_TEXT,
    MOST_VALUES,
    query_of,
)
from rtwidget.view.query.view_query import (
    Between,
    ColumnFilter,
    Contains,
    IsNull,
    OneOf,
    StartsWith,
    ViewQuery,
)
from tests.unit.view.page import Page
from tests.unit.view.test_session import ids

DOWN = [{"column": "id", "descending": True}]
WINDOW: dict[str, Any] = {"first": 0, "count": 3}


def last_ids(page: Page, view: str = "v") -> list[str]:
    page.painted(view)
    return ids(page.frames(view)[-1])


def test_two_views_of_one_table_have_two_orders(page: Page) -> None:
    page.hello("left", count=3)
    page.hello("right", count=3)
    page.say("query", "right", id=2, sort=DOWN, **WINDOW)
    assert last_ids(page, "right") == ["29", "28", "27"]
    assert last_ids(page, "left") == ["0", "1", "2"]
    assert page.frames("right")[-1]["answers"] == 2


def test_the_latest_query_wins(page: Page) -> None:
    page.hello(count=3)
    page.say("query", id=5, sort=DOWN, **WINDOW)
    page.say("query", id=4, sort=[], **WINDOW)
    assert last_ids(page) == ["29", "28", "27"]


def test_an_order_goes_up_unless_it_says_down(page: Page) -> None:
    page.say("hello", id=1, sort=DOWN, **WINDOW)
    page.say("query", id=2, sort=[{"column": "id"}], **WINDOW)
    assert last_ids(page) == ["0", "1", "2"]


def test_every_view_of_an_emptied_table_is_drawn_again(page: Page) -> None:
    page.hello(count=3)
    assert last_ids(page) == ["0", "1", "2"]
    drawn = len(page.frames())
    page.do(page.hub.emptied)
    page.frame(drawn + 1)


def test_a_window_keeps_the_order(page: Page) -> None:
    page.hello(count=3)
    page.say("query", id=2, sort=DOWN, **WINDOW)
    page.say("window", id=3, first=1, count=2)
    assert last_ids(page) == ["28", "27"]


def test_hello_brings_the_views_own_order(page: Page) -> None:
    page.say("hello", id=1, sort=DOWN, **WINDOW)
    assert last_ids(page) == ["29", "28", "27"]


def test_the_tables_order_is_for_views_that_ask_for_none(page: Page) -> None:
    page.do(page.hub.sort, [Order("id", descending=True)])
    page.hello("later", count=3)
    assert last_ids(page, "later") == ["29", "28", "27"]
    page.say("hello", "own", id=1, sort=[], **WINDOW)
    assert last_ids(page, "own") == ["0", "1", "2"]


def test_a_sort_in_python_reorders_every_view_from_the_top(page: Page) -> None:
    page.say("hello", id=1, sort=[], first=20, count=3, anchor={"key": "20", "place": 20})
    page.painted()
    page.do(page.hub.sort, [Order("id", descending=True)])
    assert last_ids(page) == ["29", "28", "27"]


def test_every_test_of_a_filter_is_understood(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[ViewQuery] = []
    monkeypatch.setattr(
        "rtwidget.view.query.local_query.LocalQuery.ask", lambda _self, query: asked.append(query)
    )
    page.hello()
    filters = [
        {"column": "name", "test": "contains", "text": "a"},
        {"column": "name", "test": "one_of", "values": ["x", True, None]},
        {"column": "n", "test": "starts_with", "text": "1,2"},
        {"column": "n", "test": "between", "low": "1", "high": None},
        {"column": "n", "test": "null"},
        {"column": "n", "test": "not_null"},
    ]
    page.say("query", id=2, filters=filters, search="zig", **WINDOW)
    wanted = (
        ColumnFilter("name", Contains("a")),
        ColumnFilter("name", OneOf(("x", True, None))),
        ColumnFilter("n", StartsWith("1,2")),
        ColumnFilter("n", Between("1")),
        ColumnFilter("n", IsNull()),
        ColumnFilter("n", IsNull(negated=True)),
    )
    assert asked == [ViewQuery((), wanted, "zig")]
    page.say("hello", id=3, filters=filters, search="zig", **WINDOW)
    assert len(asked) == 1
    assert query_of((), (), "") == ViewQuery()


@pytest.mark.parametrize(
    "wrong",
    [
        {"sort": [{"descending": True}]},
        {"sort": DOWN * (MOST_LEVELS + 1)},
        {"filters": [{"column": "n", "test": "like", "text": "x"}]},
        {"filters": [{"column": "n", "test": "contains"}]},
        {"filters": [{"column": "n", "test": "null"}] * (MOST_FILTERS + 1)},
        {"filters": [{"column": "n", "test": "one_of", "values": ["x"] * (MOST_VALUES + 1)}]},
        {"filters": [{"column": "n", "test": "one_of", "values": [1]}]},
        {"filters": [{"column": "n" * 300, "test": "null"}]},
        {"search": "x" * (MOST_TEXT + 1)},
        {"anchor": {"key": 5, "place": 0}},
    ],
)
def test_a_wrong_query_is_refused_with_its_id(page: Page, wrong: dict[str, Any]) -> None:
    page.hello(count=3)
    page.painted()
    page.do(page.hub.receive, {"kind": "query", "view": "v", "id": 2, **WINDOW, **wrong})
    assert page.sent[-1]["kind"] == "error"
    assert page.sent[-1]["id"] == 2


def test_a_filter_is_offered_the_values_of_its_column(page: Page) -> None:
    page.hello()
    page.do(page.table.put, (1, "row 2", 5), (3, None, 5))
    page.handle.wait(lambda: page.handle.snapshot().rows[3][1] is None or None, 10, "The change")
    page.say("values", id=7, column="name")

    def answers() -> list[dict[str, Any]]:
        return [one for one in page.sent if one["kind"] == "values"]

    assert page.wait_for(lambda: len(answers()) == 1)
    answer = answers()[0]
    assert (answer["id"], answer["column"]) == (7, "name")
    assert answer["values"][0] == ("row 2", 2)
    assert (None, 1) in answer["values"]
    page.say("values", id=8, column="nope")
    assert page.wait_for(lambda: len(answers()) == 2)
    assert answers()[1]["values"] == []
