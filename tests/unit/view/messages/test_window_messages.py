"""Each view has its own order, filters and search, which it brings again when the kernel forgot it."""

from __future__ import annotations

from rtwidget.store.order.ordering import Order
from tests.unit.view.page import DOWN, WINDOW, Page, ids


def last_ids(page: Page, view: str = "v") -> list[str]:
    page.painted(view)
    return ids(page.frames(view)[-1])


def test_two_views_of_one_table_have_two_orders(page: Page) -> None:
    page.hello("left", count=3)
    page.hello("right", count=3)
    page.say("query", "right", id=2, sort=DOWN, **WINDOW)
    assert last_ids(page, "right") == ["29", "28", "27"]
    assert last_ids(page, "left") == ["0", "1", "2"]
    assert page.frames("right")[-1]["answers"] == 2


def test_the_latest_query_wins(page: Page) -> None:
    page.hello(count=3)
    page.say("query", id=5, sort=DOWN, **WINDOW)
    page.say("query", id=4, sort=[], **WINDOW)
    assert last_ids(page) == ["29", "28", "27"]


def test_an_order_goes_up_unless_it_says_down(page: Page) -> None:
    page.say("hello", id=1, sort=DOWN, **WINDOW)
    page.say("query", id=2, sort=[{"column": "id"}], **WINDOW)
    assert last_ids(page) == ["0", "1", "2"]


def test_every_view_of_an_emptied_table_is_drawn_again(page: Page) -> None:
    page.hello(count=3)
    assert last_ids(page) == ["0", "1", "2"]
    drawn = len(page.frames())
    page.do(page.hub.emptied)
    page.frame(drawn + 1)


def test_a_window_keeps_the_order(page: Page) -> None:
    page.hello(count=3)
    page.say("query", id=2, sort=DOWN, **WINDOW)
    page.say("window", id=3, first=1, count=2)
    assert last_ids(page) == ["28", "27"]


def test_hello_brings_the_views_own_order(page: Page) -> None:
    page.say("hello", id=1, sort=DOWN, **WINDOW)
    assert last_ids(page) == ["29", "28", "27"]


def test_the_tables_order_is_for_views_that_ask_for_none(page: Page) -> None:
    page.do(page.hub.sort, [Order("id", descending=True)])
    page.hello("later", count=3)
    assert last_ids(page, "later") == ["29", "28", "27"]
    page.say("hello", "own", id=1, sort=[], **WINDOW)
    assert last_ids(page, "own") == ["0", "1", "2"]


def test_a_sort_in_python_reorders_every_view_from_the_top(page: Page) -> None:
    page.say("hello", id=1, sort=[], first=20, count=3, anchor={"key": "20", "place": 20})
    page.painted()
    page.do(page.hub.sort, [Order("id", descending=True)])
    assert last_ids(page) == ["29", "28", "27"]
