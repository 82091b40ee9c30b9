"""A page has as many views as a person can look at."""

from __future__ import annotations

from rtwidget.view.open_views import MOST_VIEWS
from tests.unit.view.page import Page


def test_a_page_cannot_have_more_views_than_there_is_room_for(page: Page) -> None:
    for number in range(MOST_VIEWS + 5):
        page.hello(f"view {number}")
    assert len(page.hub._views) == MOST_VIEWS
    page.frame(1, f"view {MOST_VIEWS + 4}")
    page.hello("view 0")
    page.painted("view 0")
