"""The order stands still while somebody points at something; cells do not."""

from __future__ import annotations

from tests.unit.view.page import Page, ids

BY_NAME = [{"column": "name", "descending": False}]


def test_rows_keep_their_order_while_the_view_asks_for_it(page: Page) -> None:
    page.say("hello", id=1, first=0, count=3, sort=BY_NAME)
    page.painted()
    before = ids(page.frames()[-1])
    page.say("still", id=2, still=True)
    page.do(page.table.put, (int(before[0]), "zzz", 7))
    page.do(page.table.put, (99, "a first one", 0))
    page.painted()
    frame = page.frames()[-1]
    assert (ids(frame), frame["rows"][0]) == (before, [before[0], "zzz", "7"])
    page.say("still", id=3, still=False)
    page.painted()
    assert ids(page.frames()[-1]) == ["99", *before[1:]]


def test_who_asks_for_another_order_gets_it_at_once(page: Page) -> None:
    page.hello(count=2)
    page.painted()
    page.say("still", id=2, still=True)
    page.say(
        "query", id=3, first=0, count=2, filters=[{"column": "id", "test": "between", "low": "7"}]
    )
    page.painted()
    assert ids(page.frames()[-1]) == ["7", "8"]


def test_a_held_picture_stands_still_too_when_it_is_let_go(page: Page) -> None:
    page.hello(count=2)
    page.painted()
    page.say("still", id=2, still=True)
    page.say("hold", id=3, held=True)
    page.say("hold", id=4, held=False)
    page.painted()
    page.do(page.table.delete, (0,))
    page.do(page.table.put, (-1, "new", 0))
    page.painted()
    assert "-1" not in ids(page.frames()[-1])
