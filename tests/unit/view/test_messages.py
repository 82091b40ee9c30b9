"""What a browser may say, and what becomes of anything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtwidget.view.messages import MOST_WINDOW_ROWS
from tests.unit.view.page import Page

GOOD: dict[str, Any] = {"kind": "window", "view": "v", "id": 2, "first": 0, "count": 5}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nonsense"},
        {"kind": None},
        {"id": -1},
        {"id": "2"},
        {"id": 2**60},
        {"first": -1},
        {"first": 1.5},
        {"count": MOST_WINDOW_ROWS + 1},
        {"count": None},
    ],
)
def test_a_wrong_message_is_answered_with_its_id_and_the_reason(
    page: Page, wrong: dict[str, Any]
) -> None:
    message = {**GOOD, **wrong}
    page.do(page.hub.receive, message)
    assert page.sent[-1]["kind"] == "error"
    assert (page.sent[-1]["view"], page.sent[-1]["id"]) == ("v", message["id"])
    assert page.sent[-1]["hint"]


@pytest.mark.parametrize("wrong", [None, [], "text", 5, {}, {"kind": "hello"}, {"view": 5}])
def test_what_names_no_view_is_answered_to_nobody(page: Page, wrong: object) -> None:
    page.do(page.hub.receive, wrong)
    assert page.sent == []


@pytest.mark.parametrize(
    "message",
    [
        GOOD,
        {"kind": "ack", "view": "v", "seq": 1},
        {"kind": "visible", "view": "v", "visible": True},
        {"kind": "bye", "view": "v"},
    ],
)
def test_a_message_of_an_unknown_view_is_passed_over(page: Page, message: dict[str, Any]) -> None:
    page.do(page.hub.receive, message)
    assert page.sent == []
    assert page.hub._sessions == {}


def test_retry_verifies_again(page: Page) -> None:
    before = page.handle.status.verified_at
    page.say("retry", id=1)
    page.handle.wait(lambda: page.handle.status.verified_at != before or None, 10, "A new pass")


surprising = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["hello", "window", "ack", "visible", "retry", "bye", "v", "w"]),
)
names = st.sampled_from(
    [
        "kind",
        "view",
        "id",
        "first",
        "count",
        "seq",
        "visible",
        "anchor",
        "sort",
        "filters",
        "search",
        "column",
        "key",
        "keys",
        "held",
        "other",
    ]
)
kinds = st.sampled_from(
    [
        "hello",
        "window",
        "query",
        "ack",
        "visible",
        "retry",
        "bye",
        "values",
        "row",
        "select",
        "hold",
    ]
)
nearly = st.builds(
    lambda kind, view, changed: {
        **GOOD,
        "seq": 1,
        "visible": True,
        "column": "name",
        "key": "1",
        "keys": ["1", "x"],
        "held": True,
        "sort": [{"column": "n", "descending": True}, {"column": "nope"}],
        "filters": [{"column": "n", "test": "between", "low": "x"}],
        "anchor": {"key": "3", "place": 7},
        "kind": kind,
        "view": view,
        **changed,
    },
    kinds,
    st.sampled_from(["v", "w", "x"]),
    st.dictionaries(names, surprising, max_size=2),
)
anything = st.recursive(
    surprising,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=8,
)


def test_no_message_ever_raises_out_of_the_hub(page: Page) -> None:
    @settings(max_examples=200)
    @given(st.lists(nearly | anything, max_size=10))
    def run(messages: list[object]) -> None:
        for message in messages:
            page.do(page.hub.receive, message)

    run()
    page.do(page.hub.close)
    page.hello("after")
    assert page.frame(1, "after")["total"] == 30
