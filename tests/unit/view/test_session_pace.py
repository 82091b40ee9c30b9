"""When frames and beats leave: as fast as a page paints, and none that nobody sees."""

from __future__ import annotations

import pytest

from tests.unit.view.page import Page


def test_no_second_frame_leaves_before_one_that_asks_is_painted(page: Page) -> None:
    page.hello()
    page.frame(1)
    for round_ in range(5):
        page.do(page.table.put, (1, f"name {round_}", round_))
    assert not page.wait_for(lambda: len(page.frames()) > 1, 0.5)
    page.say("ack", seq=1)
    frame = page.frame(2)
    assert frame["seq"] == 2
    assert frame["rows"][1] == ["1", "name 4", "4"]
    assert frame["changed"] == [[1, 1], [1, 2]]


def test_a_page_that_keeps_up_is_not_asked_for_each_frame(page: Page) -> None:
    page.hello()
    page.painted()
    before = len(page.frames())
    for number in range(5):
        page.do(page.table.put, (1, f"name {number}", 1))
        frame = page.frame(before + 1 + number)
        assert frame["rows"][1][1] == f"name {number}"
        assert "ack" not in frame


def test_a_frame_that_was_lost_is_sent_again(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtwidget.view.frames.flow.SLOW_GAP_S", 0.0)
    page.hello()
    page.painted()
    last = page.frames()[-1]["seq"]
    page.do(page.table.put, (1, "lost on its way", 1))
    assert page.wait_for(lambda: page.frames()[-1]["rows"][1][1] == "lost on its way")
    count = len(page.frames())
    page.say("ack", seq=last)
    assert page.frame(count + 1)["rows"][1][1] == "lost on its way"


def test_nothing_is_sent_to_a_hidden_view_nor_to_one_that_is_silent(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.view.frames.flow.BEAT_S", 0.02)
    page.hello("hidden")
    page.hello("silent")
    page.painted("hidden")
    page.painted("silent")
    page.say("visible", "hidden", visible=False)
    monkeypatch.setattr("rtwidget.view.frames.flow.DETACH_S", 0.0)
    assert not page.hub.attentive
    page.do(lambda: None)
    count = len(page.sent)
    page.do(page.table.put, (1, "seen by nobody", 1))
    assert not page.wait_for(lambda: len(page.sent) > count, 0.3)
    monkeypatch.setattr("rtwidget.view.frames.flow.DETACH_S", 60.0)
    page.say("ack", "silent", seq=1)
    assert page.wait_for(lambda: page.frames("silent")[-1]["rows"][1][1] == "seen by nobody")
    assert page.frames("hidden")[-1]["rows"][1][1] != "seen by nobody"


def test_a_view_that_never_answers_gets_a_frame_a_second(page: Page) -> None:
    page.hello()
    page.frame(1)
    page.do(page.table.put, (1, "one", 1))
    assert page.frame(2)["rows"][1] == ["1", "one", "1"]


def test_a_hidden_view_gets_nothing_until_it_is_shown_again(page: Page) -> None:
    page.hello()
    page.painted()
    page.say("visible", visible=False)
    count = len(page.frames())
    page.do(page.table.put, (1, "while hidden", 1))
    assert not page.wait_for(lambda: len(page.frames()) > count, 0.5)
    page.say("visible", visible=True)
    assert page.frame(count + 1)["rows"][1][1] == "while hidden"


def test_a_quiet_view_gets_beats(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtwidget.view.frames.flow.BEAT_S", 0.05)
    page.hello()
    page.painted()
    assert page.wait_for(lambda: page.sent[-1]["kind"] == "beat")
    assert page.sent[-1]["view"] == "v"
    assert page.sent[-1]["status"]["state"] == "live"


def test_a_press_of_retry_reads_the_table_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(page.handle, "refresh", lambda: asked.append("a pass"))
    page.say("retry", id=2)
    assert asked == ["a pass"]
