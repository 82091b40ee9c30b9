"""How a view draws its cells: what it may say of that, and what the kernel finds by it."""

from __future__ import annotations

import pytest

from tests.unit.view.page import Page


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
