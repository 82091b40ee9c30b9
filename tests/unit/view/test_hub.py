"""What a browser may say, and what becomes of anything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.view.messages.wrong_messages import GOOD, deep
from tests.unit.view.page import Page


@pytest.mark.parametrize(
    "message",
    [
        GOOD,
        {"kind": "ack", "view": "v", "seq": 1},
        {"kind": "visible", "view": "v", "visible": True},
        {"kind": "bye", "view": "v"},
        {"kind": "bye", "view": "v", "gone": True},
    ],
)
def test_a_message_of_an_unknown_view_is_passed_over(page: Page, message: dict[str, Any]) -> None:
    page.do(page.hub.receive, message)
    assert page.sent == []
    assert len(page.hub._views) == 0


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
    # What Python's JSON lets through: half of a character, numbers that are none, and no end.
    st.sampled_from(
        ["\ud800", "v\udfff", "\0", float("nan"), float("inf"), 10**4_000, "9" * 9_000]
    ),
    st.sampled_from(["x" * 100_000, deep(900), [{}] * 10_000]),
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


def test_half_of_a_character_is_refused_before_anybody_looks_for_it(page: Page) -> None:
    page.hello()
    page.painted()
    for wrong in (
        {"search": "\ud800"},
        {"sort": [{"column": "\ud800"}]},
        {"filters": [{"column": "name", "test": "contains", "text": "\ud800"}]},
    ):
        page.say("query", id=2, first=0, count=5, **wrong)
        assert page.sent[-1]["kind"] == "error"
    page.say("query", id=3, first=0, count=5, search="row 7")
    assert page.wait_for(lambda: page.frames()[-1]["total"] == 1)


def test_a_key_of_more_digits_than_any_integer_is_no_row(page: Page) -> None:
    page.say("row", id=1, key="9" * 9_000)
    assert page.sent[-1]["cells"] is None
