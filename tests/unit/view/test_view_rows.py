"""A held picture stays as it is, can still be scrolled and sorted, and counts what waits."""

from __future__ import annotations

import pytest

from tests.unit.view.page import Page, ids


@pytest.fixture(autouse=True)
def quick_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtwidget.view.session.COUNT_GAP_S", 0.05)


def test_a_held_picture_stays_while_changes_are_counted(page: Page) -> None:
    page.hello(count=3)
    page.painted()
    page.say("hold", id=2, held=True)
    page.painted()
    before = page.frames()[-1]
    assert before["held"] is True
    page.do(page.table.put, (1, "new", 9))
    page.do(page.table.delete, (0,))
    assert page.wait_for(lambda: page.frames()[-1]["changes"] == before["changes"] + 2)
    after = page.frames()[-1]
    assert (after["rows"], after["total"], after["changed"]) == (before["rows"], 30, [])
    page.painted()
    page.say("hold", id=3, held=False)
    page.painted()
    frame = page.frames()[-1]
    assert "held" not in frame
    assert (frame["total"], frame["rows"][0]) == (29, ["1", "new", "9"])


def test_a_held_picture_can_be_scrolled_and_sorted(page: Page) -> None:
    page.hello(count=3)
    page.painted()
    page.say("hold", id=2, held=True)
    page.do(page.table.delete, (29,))
    page.say("query", id=3, first=0, count=2, sort=[{"column": "id", "descending": True}])
    page.painted()
    assert ids(page.frames()[-1]) == ["29", "28"]
    page.say("window", id=4, first=10, count=2, anchor={"key": None, "place": 10})
    page.painted()
    assert ids(page.frames()[-1]) == ["19", "18"]


def test_rows_for_other_eyes_end_the_hold(page: Page) -> None:
    page.hello(count=3)
    page.say("hold", id=2, held=True)
    page.painted()
    page.do(page.hub.emptied)
    page.painted()
    assert "held" not in page.frames()[-1]
