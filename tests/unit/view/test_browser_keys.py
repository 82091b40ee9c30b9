"""Rows beyond what a view holds are chosen from one to another, by the keys that the browser names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.view.page import Page

BACKWARDS = [{"column": "id", "descending": True}]


def chosen(page: Page, view: str = "v") -> list[str] | None:
    page.painted(view)
    told: list[list[str]] = [one["selected"] for one in page.frames(view) if "selected" in one]
    return told[-1] if told else None


def end(key: str | None, place: int) -> dict[str, Any]:
    return {"key": key, "place": place}


def test_all_rows_from_one_to_another_are_chosen_in_the_order_of_the_view(page: Page) -> None:
    page.say("hello", id=1, first=0, count=3, sort=BACKWARDS)
    page.painted()
    page.say("span", id=2, start="20", end=end("17", 12))
    assert chosen(page) == ["20", "19", "18", "17"]
    page.say("span", id=3, start="3", end=end(None, 29))
    assert chosen(page) == ["3", "2", "1", "0"]
    page.say("span", id=4, start="1", end=end("3", 0))
    assert chosen(page) == ["3", "2", "1"]


def test_a_row_that_went_leaves_the_other_one(page: Page) -> None:
    page.hello()
    page.painted()
    page.say("span", id=2, start="99", end=end("4", 4))
    assert chosen(page) == ["4"]
    page.say("span", id=3, start="1", end=end("99", 4))
    assert chosen(page) == []
    page.say("span", id=4, start="nonsense", end=end("4", 4))
    assert chosen(page) == []


def test_too_many_rows_are_refused(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtwidget.view.browser_keys.MOST_SELECTED", 10)
    page.hello()
    page.painted()
    page.say("span", id=2, start="0", end=end("10", 10))
    assert page.sent[-1]["kind"] == "error"
    assert page.sent[-1]["id"] == 2
    assert "11 rows" in page.sent[-1]["message"]
    assert chosen(page) is None


def test_an_older_choice_on_its_way_does_not_outlast_a_newer_one(page: Page) -> None:
    page.hello()
    page.painted()
    page.say("span", id=2, start="0", end=end("3", 3))
    assert page.wait_for(lambda: "selected" in page.frames()[-1])
    page.say("select", id=3, keys=["7"])
    assert chosen(page) == ["7"]
