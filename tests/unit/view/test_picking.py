"""Rows beyond what a view holds: chosen from one to another, and copied whole."""

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


def copied(page: Page) -> Any:
    assert page.wait_for(lambda: bool(page.sent) and page.sent[-1]["kind"] == "copied")
    return page.sent[-1]["rows"]


def test_cells_are_copied_whole_in_the_order_of_the_screen(page: Page) -> None:
    page.hello()
    page.painted()
    long = "x" * 3_000
    page.do(page.table.put, (1, long, 5))
    page.handle.wait(lambda: True if page.handle.snapshot().rows[1][1] == long else None, 10, "It")
    page.painted()
    page.say("copy", id=4, keys=["29", "1", "nonsense", "77"], columns=["n", "name", "none"])
    assert copied(page) == [["0", "row 29"], ["5", long]]


def test_more_than_a_clipboard_holds_is_not_copied(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.view.messages.whole_rows.MOST_COPIED_TEXT", 8)
    page.hello()
    page.painted()
    page.say("copy", id=4, keys=["1", "2"], columns=["name"])
    assert copied(page) is None


def test_the_limit_of_a_copy_counts_all_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(1_000)
    try:
        page.hello()
        page.painted()
        keys = [str(place) for place in range(1_000)]
        whole = sum(len(f"row {key}") for key in keys)
        monkeypatch.setattr("rtwidget.view.messages.whole_rows.MOST_COPIED_TEXT", whole)
        page.say("copy", id=4, keys=keys, columns=["name"])
        assert copied(page) == [[f"row {key}"] for key in keys]
        page.sent.clear()
        monkeypatch.setattr("rtwidget.view.messages.whole_rows.MOST_COPIED_TEXT", whole - 1)
        page.say("copy", id=5, keys=keys, columns=["name"])
        assert copied(page) is None
    finally:
        page.close()


def test_who_copies_a_held_picture_copies_what_they_see(page: Page) -> None:
    page.hello()
    page.painted()
    page.say("hold", id=2, held=True)
    page.do(page.table.put, (1, "new", 5))
    assert page.wait_for(lambda: page.handle.snapshot().rows[1][1] == "new")
    page.painted()
    page.say("copy", id=4, keys=["1"], columns=["name"])
    assert copied(page) == [["row 1"]]
