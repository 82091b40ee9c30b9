"""A message that nobody could read is answered, and nothing of it is repeated that is long."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.view.messages.window_messages import MOST_WINDOW_ROWS
from tests.unit.view.messages.wrong_messages import GOOD, deep
from tests.unit.view.page import Page


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nonsense"},
        {"kind": None},
        {"id": -1},
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


def test_a_refusal_repeats_nothing_that_is_long(page: Page) -> None:
    page.do(page.hub.receive, {**GOOD, "kind": "x" * 100_000, "id": 10**5_000})
    assert page.sent[-1]["id"] is None
    assert len(page.sent[-1]["hint"]) <= 300
    page.do(page.hub.receive, {**GOOD, "kind": "x", "view": "v" * 65})
    page.do(page.hub.receive, {**GOOD, "kind": "x", "id": {"deep": deep(900)}})
    assert [one["id"] for one in page.sent] == [None, None]
