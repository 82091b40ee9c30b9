"""What a view asks of the rows, as the browser says it: refused where it cannot be read; and how the view draws its cells."""

from __future__ import annotations

from typing import Any

import pytest

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
from tests.unit.view.page import DOWN, WINDOW, Page


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "../../etc/passwd"},
        {"zone": "Europe/Berlin\n"},
        {"zone": "x" * 65},
        {"zone": ""},
        {"zone": 5},
        {"formats": {"n": "%Y"}},
        {"formats": {"n": ",.2f\n"}},
        {"formats": {"n": None}},
        {"formats": {"n" * 300: "d"}},
        {"formats": {"n": "exactly"}},
        {"floats": {"n": 1}},
        {"floats": ["n" * 300]},
        {"floats": [1]},
        "UTC",
        None,
    ],
)
def test_a_wrong_manner_of_drawing_is_refused(page: Page, wrong: object) -> None:
    page.hello()
    page.painted()
    page.say("query", id=2, first=0, count=5, shown_as=wrong)
    assert page.sent[-1]["kind"] == "error"
    page.say("values", id=3, column="n", shown_as=wrong)
    assert page.sent[-1]["kind"] == "error"


def test_what_a_view_looks_for_is_what_it_says_to_show(page: Page) -> None:
    page.hello()
    page.painted()
    told = {"zone": "Asia/Kathmandu", "formats": {"n": ".2f"}, "floats": []}
    page.say("query", id=2, first=0, count=5, search="0.00", shown_as=told)
    assert page.wait_for(lambda: page.frames()[-1]["answers"] == 2)
    page.painted()
    assert page.frames()[-1]["total"] >= 1
    page.say("query", id=3, first=0, count=5, search="0.00")
    assert page.wait_for(lambda: page.frames()[-1]["answers"] == 3)
    assert page.frames()[-1]["total"] == 0


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
