"""Rows are copied whole, as far as a clipboard holds them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.view.page import Page


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


def test_a_row_is_told_whole(page: Page) -> None:
    page.hello()
    long = "x" * 3_000
    page.do(page.table.put, (1, long, 5))
    page.handle.wait(lambda: True if page.handle.snapshot().rows[1][1] == long else None, 10, "It")
    page.say("row", id=4, key="1")
    assert page.sent[-1] == {
        "kind": "row",
        "view": "v",
        "id": 4,
        "key": "1",
        "cells": ["1", long, "5"],
    }
    for key in ("99", "nonsense"):
        page.say("row", id=5, key=key)
        assert page.sent[-1]["cells"] is None
