"""One view: frames of its window, one in flight, newest state wins."""

from __future__ import annotations

import pytest

from rtwidget.store.order.ordering import Order
from tests.unit.view.page import Page, ids


def test_hello_is_answered_with_the_window_and_the_columns(page: Page) -> None:
    page.hello(first=2, count=3)
    frame = page.frame(1)
    assert ids(frame) == ["2", "3", "4"]
    assert frame["keys"] == ["2", "3", "4"]
    assert (frame["seq"], frame["answers"], frame["first"], frame["total"]) == (1, 1, 2, 30)
    assert frame["changed"] == []
    assert frame["status"]["state"] == "live"
    assert frame["columns"][0] == {"name": "id", "kind": "int", "key": True}
    assert frame["columns"][1] == {"name": "name", "kind": "text", "key": False}


def test_only_cells_that_differ_are_marked_and_only_once(page: Page) -> None:
    page.hello()
    page.painted()
    before = len(page.frames())
    page.do(page.table.put, (3, "row 3", 7))
    assert page.frame(before + 1)["changed"] == [[3, 2]]
    page.painted()
    page.do(page.hub.sort, [Order("id")])
    page.painted()
    assert page.frames()[-1]["changed"] == []


def test_the_latest_window_wins(page: Page) -> None:
    page.hello()
    page.painted()
    page.say("window", id=5, first=10, count=2)
    page.say("window", id=4, first=20, count=2)
    page.painted()
    assert page.frames()[-1]["answers"] == 5
    assert ids(page.frames()[-1]) == ["10", "11"]


def test_a_window_past_the_end_is_moved_to_the_last_rows(page: Page) -> None:
    page.hello(first=1000, count=4)
    frame = page.frame(1)
    assert frame["first"] == 26
    assert ids(frame) == ["26", "27", "28", "29"]


def test_a_window_without_rows_still_tells_how_many_there_are(page: Page) -> None:
    page.hello(count=0)
    frame = page.frame(1)
    assert (frame["rows"], frame["total"]) == ([], 30)


def test_two_views_are_served_each_on_its_own(page: Page) -> None:
    page.hello("left")
    page.hello("right", first=10, count=1)
    page.painted("left")
    page.painted("right")
    left = len(page.frames("left"))
    page.say("bye", "left")
    page.do(page.table.put, (10, "ten", 1))
    assert page.frame(len(page.frames("right")) + 1, "right")["rows"][0][1] == "ten"
    assert len(page.frames("left")) == left


def test_a_change_of_the_order_sends_the_rows_anew(page: Page) -> None:
    page.hello()
    page.painted()
    page.do(page.hub.sort, [Order("id", descending=True)])
    page.painted()
    assert ids(page.frames()[-1]) == ["29", "28", "27", "26", "25"]


def test_columns_travel_until_a_frame_with_them_was_painted(page: Page) -> None:
    page.hello()
    assert "columns" in page.frame(1)
    page.do(page.table.put, (1, "one", 1))
    assert "columns" in page.frame(2)
    page.painted()
    count = len(page.frames())
    page.do(page.table.put, (1, "uno", 1))
    assert "columns" not in page.frame(count + 1)


def test_a_second_hello_begins_again(page: Page) -> None:
    page.hello()
    page.painted()
    count = len(page.frames())
    page.say("hello", id=9, first=5, count=1)
    frame = page.frame(count + 1)
    assert frame["answers"] == 9
    assert "columns" in frame
    assert ids(frame) == ["5"]


def test_a_view_that_was_forgotten_is_known_again_after_hello(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.view.frames.flow.FORGET_S", 0.1)
    monkeypatch.setattr("rtwidget.view.frames.flow.BEAT_S", 0.05)
    page.hello()
    page.frame(1)
    forgotten = page.hub._views._sessions["v"]
    assert page.wait_for(lambda: forgotten.ended)
    count = len(page.frames())
    page.hello()
    assert page.frame(count + 1)["seq"] == 1


def test_an_emptied_table_is_shown_empty(page: Page) -> None:
    page.hello()
    page.painted()
    page.do(page.table.delete, *[(key,) for key in range(30)])
    page.painted()
    assert (page.frames()[-1]["total"], page.frames()[-1]["rows"]) == (0, [])
