"""Chosen rows are the table's: every view shows them, and Python hears of them."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.view.hub import ViewHub
from tests.unit.view.page import Page


def selections(page: Page, view: str) -> list[list[str]]:
    page.painted(view)
    return [frame["selected"] for frame in page.frames(view) if "selected" in frame]


def test_what_one_view_chose_the_others_show(page: Page) -> None:
    page.hello("left")
    page.hello("right")
    page.painted("left")
    page.say("select", "left", id=2, keys=["3", "1", "nonsense"])
    assert selections(page, "right") == [["3", "1"]]
    assert selections(page, "left") == []
    page.say("hello", "reloaded", id=1, first=0, count=5)
    assert selections(page, "reloaded") == [["3", "1"]]


def test_what_python_chose_every_view_shows(page: Page) -> None:
    page.hello("left")
    page.do(page.hub.choose, ((2,),))
    assert selections(page, "left") == [["2"]]
    page.do(page.hub.choose, ((2,),))
    assert selections(page, "left") == [["2"]]


def test_python_hears_of_a_choice(page: Page) -> None:
    heard: list[Any] = []
    hub = page.do(lambda: ViewHub(page.handle, (), page.sent.append, heard.append))
    page.do(hub.receive, {"kind": "hello", "view": "w", "id": 1, "first": 0, "count": 1})
    page.do(hub.receive, {"kind": "select", "view": "w", "id": 2, "keys": ["4"]})
    assert heard == [((4,),)]
    page.do(hub.emptied)
    # With nothing chosen there is nothing to take back, and a choice that is on its way must stand.
    page.do(hub.emptied)
    assert heard == [((4,),), ()]
    page.do(hub.close)


def test_a_choice_that_was_lost_with_its_frame_is_told_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.view.frames.flow.SLOW_GAP_S", 0.0)
    page.hello()
    page.painted()
    last = page.frames()[-1]["seq"]
    page.do(page.hub.choose, ((2,),))
    assert page.wait_for(lambda: page.frames()[-1].get("selected") == ["2"])
    lost = page.frames()[-1]["seq"]
    # The page painted the frame before, and says so again: the one with the choice never came.
    page.say("ack", seq=last)
    assert page.wait_for(lambda: page.frames()[-1]["seq"] > lost)
    assert page.frames()[-1]["selected"] == ["2"]
    page.painted()
    count = len(page.frames())
    page.do(page.table.put, (1, "another", 1))
    assert "selected" not in page.frame(count + 1)
