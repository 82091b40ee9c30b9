"""A window moves with the first row that its view shows."""

from __future__ import annotations

from typing import Any

from rtwidget.replica.keys import Key
from rtwidget.view.frames.anchored_window import MOST_CANDIDATES, AnchoredWindow
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.messages.window_messages import SeenRow, Window
from tests.unit.view.page import SCHEMA, Page, ids

DOWN = [{"column": "id", "descending": True}]


def put(page: Page, *keys: int) -> None:
    page.do(page.table.put, *[(key, f"row {key}", 0) for key in keys])


def anchored(page: Page, **fields: Any) -> dict[str, Any]:
    """Show rows 25 to 18 of 0 to 29, newest first, with 23 as the first visible one; return the frame."""
    page.say("hello", id=1, sort=DOWN, first=0, count=30)
    page.painted()
    page.say("window", id=2, first=4, count=8, anchor={"key": "23", "place": 6}, **fields)
    page.painted()
    return page.frames()[-1]


def test_rows_above_move_the_window_with_its_anchor(page: Page) -> None:
    before = anchored(page)
    for keys in ((30, 31, 32), (33,)):
        put(page, *keys)
        page.painted()
    after = page.frames()[-1]
    assert (before["first"], after["first"]) == (4, 8)
    assert ids(after) == ids(before) == ["25", "24", "23", "22", "21", "20", "19", "18"]


def test_without_an_anchor_new_rows_appear_at_the_top(page: Page) -> None:
    page.say("hello", id=1, sort=DOWN, first=0, count=3)
    page.painted()
    put(page, 30)
    page.painted()
    assert ids(page.frames()[-1]) == ["30", "29", "28"]


def test_a_removed_anchor_hands_over_to_the_next_row(page: Page) -> None:
    anchored(page)
    page.do(page.table.delete, (23,))
    page.painted()
    put(page, 30, 31)
    page.painted()
    frame = page.frames()[-1]
    assert frame["first"] == 6 - 1
    assert "22" in ids(frame)[:4]
    put(page, *range(40, 50))
    page.painted()
    assert ids(page.frames()[-1]) == ids(frame)


def test_an_anchor_that_never_travelled_is_learned_from_the_first_frame(page: Page) -> None:
    page.say("hello", id=1, sort=DOWN, first=10, count=4, anchor={"key": None, "place": 11})
    page.painted()
    put(page, 30, 31)
    page.painted()
    frame = page.frames()[-1]
    assert (frame["first"], ids(frame)) == (12, ["19", "18", "17", "16"])


def test_a_request_may_speak_of_the_frame_before_the_last(page: Page) -> None:
    anchored(page)
    put(page, 30, 31)
    page.painted()
    # The view had not seen that frame yet, so its places are the old ones.
    page.say("window", id=3, first=3, count=4, anchor={"key": "25", "place": 4})
    page.painted()
    assert ids(page.frames()[-1]) == ["26", "25", "24", "23"]


def test_a_place_holds_few_rows() -> None:
    keys: dict[str, Key] = {"a": ("a",)}
    window = Window("v", 1, 10, 5, SeenRow("a", 12))
    assert AnchoredWindow.asked(window, keys) == AnchoredWindow(10, 5, 2, (("a",),))
    assert AnchoredWindow.asked(Window("v", 1, 10, 5, SeenRow("b", 3)), keys) == AnchoredWindow(
        10, 5, 0
    )
    many = [(key,) for key in range(100)]
    rows = WindowRows(SCHEMA, (), 200, 50, tuple(many), (), 52)
    assert AnchoredWindow(10, 100, 2, ((1,),)).moved(rows) == AnchoredWindow(
        50, 100, 2, tuple(many[2 : 2 + MOST_CANDIDATES])
    )
