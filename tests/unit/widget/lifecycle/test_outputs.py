"""Which `Output` takes what is displayed now, and which tables were made in it before."""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import ipywidgets
import pytest

from rtwidget.widget.lifecycle import outputs
from rtwidget.widget.lifecycle.kept_alive import KeptAlive
from rtwidget.widget.lifecycle.outputs import OutputTables, current_output, release_unseen


class Made:
    """A table that may have views."""

    def __init__(self, *, viewed: bool = False) -> None:
        self.viewed = viewed


@pytest.fixture
def output() -> Iterator[ipywidgets.Output]:
    made = ipywidgets.Output()
    yield made
    made.close()


def acting_on(monkeypatch: pytest.MonkeyPatch, message_id: str | None) -> None:
    monkeypatch.setattr(outputs, "current_message_id", lambda: message_id)


def test_the_output_that_listens_to_the_running_message_takes_what_is_displayed(
    output: ipywidgets.Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting_on(monkeypatch, "m1")
    assert current_output() is None
    output.msg_id = "m1"
    assert current_output() == output.model_id
    acting_on(monkeypatch, "m2")
    assert current_output() is None


def test_outside_of_a_message_no_output_takes_anything(
    output: ipywidgets.Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting_on(monkeypatch, None)
    assert output.msg_id == ""
    assert current_output() is None


def test_tables_of_ours_that_are_gone_are_passed_over(
    output: ipywidgets.Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Made()
    monkeypatch.setitem(ipywidgets.widgets.widget._instances, "gone", weakref.proxy(gone))
    del gone
    acting_on(monkeypatch, "m1")
    output.msg_id = "m1"
    assert current_output() == output.model_id
    acting_on(monkeypatch, "m2")
    assert current_output() is None


def test_an_output_remembers_what_was_made_in_it_as_long_as_that_lives() -> None:
    tables = OutputTables()
    first, second, elsewhere = Made(), Made(), Made()
    assert list(tables.made("a", first)) == []
    assert list(tables.made("b", elsewhere)) == []
    assert [one() for one in tables.made("a", second)] == [first]
    del first
    assert [one() for one in tables.made("a", Made())] == [second]


def test_what_no_output_takes_replaces_nothing() -> None:
    tables = OutputTables()
    kept = [Made(), Made()]
    assert [list(tables.made(None, one)) for one in kept] == [[], []]


def test_only_tables_that_no_page_shows_are_kept_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptAlive()
    monkeypatch.setattr(outputs, "KEPT_ALIVE", kept)
    tables = OutputTables()
    seen, unseen, gone = Made(viewed=True), Made(), Made()
    for table in (seen, unseen, gone):
        tables.made("a", table)
    for table in (seen, unseen):
        kept.keep(table)
    last = Made()
    earlier = tables.made("a", last)
    del gone, table
    release_unseen(earlier)
    assert kept._kept == {seen}
