"""What a widget takes from the browser and from forked processes, and that ipywidgets does not keep it alive."""

from __future__ import annotations

import weakref
from datetime import UTC, datetime

import ipywidgets
import pytest

from rtwidget.errors import ForkedError
from rtwidget.sources import forking
from rtwidget.widget.browser_widget import BrowserWidget, forget_model, weakly
from rtwidget.widget.live_table import LiveTable

WIDGETS = ipywidgets.widgets.widget._instances


class Listener:
    """Something with a method that somebody calls."""

    def __init__(self) -> None:
        self.heard: list[tuple[object, ...]] = []

    def hear(self, *arguments: object, **named: object) -> None:
        self.heard.append((*arguments, named))


def test_a_weak_call_reaches_its_object_and_does_not_keep_it() -> None:
    listener = Listener()
    call, heard = weakly(listener.hear), listener.heard
    call(1, word="two")
    assert heard == [(1, {"word": "two"})]
    gone = weakref.ref(listener)
    del listener
    assert gone() is None
    call(3)
    assert len(heard) == 1


def test_ipywidgets_knows_a_table_by_its_id_and_does_not_keep_it(table: LiveTable) -> None:
    assert WIDGETS[table.model_id] == table
    assert type(WIDGETS[table.model_id]) is weakref.ProxyType
    forget_model(table.model_id)
    assert table.model_id not in WIDGETS
    forget_model(table.model_id)


def test_a_message_of_the_browser_arrives_and_its_way_does_not_keep_a_table(
    table: LiveTable,
) -> None:
    heard: list[object] = []
    table.on_msg(lambda _widget, content, _buffers: heard.append(content))
    callback = table.comm._msg_callback
    assert callback is not None
    data = {"method": "custom", "content": {"kind": "none"}}
    callback({"content": {"data": data}, "buffers": []})
    assert heard == [{"kind": "none"}]
    assert getattr(callback, "__self__", None) is not table


def test_the_bundle_is_text_that_anywidget_does_not_watch() -> None:
    assert isinstance(BrowserWidget._esm, str)
    assert "export" in BrowserWidget._esm


def test_a_trait_is_not_set_in_a_forked_process(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.wait_ready()
    with monkeypatch.context() as forked:
        forked.setattr(forking, "_now", forking.Process(datetime.now(UTC)))
        with pytest.raises(ForkedError):
            table.set_trait("columns", [{"name": "of nobody"}])


def test_the_browser_sets_no_trait(table: LiveTable) -> None:
    table.wait_ready()
    before = {name: table.get_state()[name] for name in ("columns", "sort", "settings", "_esm")}
    for state in (
        {"status": {"state": "live"}},
        {"sort": [{"column": "x" * 10_000}] * 10_000},
        {"columns": [], "settings": {"title": "another"}, "_esm": "export default {}"},
        {"no such trait": 1},
    ):
        table._handle_msg({"content": {"data": {"method": "update", "state": state}}})
    assert {name: table.get_state()[name] for name in before} == before
    assert table.status.state.value == "live"
