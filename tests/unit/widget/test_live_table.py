"""LiveTable over an in-process table: reads, traits, and the end."""

from __future__ import annotations

from time import monotonic, sleep
from typing import Any

import pytest
import traitlets

from rtwidget.errors import ClosedError
from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemoryTable
from rtwidget.widget.live_table import LiveTable
from tests.patience import PATIENCE_S
from tests.unit.feed.bench import until_happened


def put(table: LiveTable, source: MemoryTable, *rows: Any) -> None:
    table._handle.call(lambda: source.put(*rows))


def test_the_frame_comes_in_the_order_that_was_asked_for(table: LiveTable) -> None:
    assert table.df["n"].tolist() == [6, 7, 8, 9, 10]
    assert table.df.index.tolist() == [4, 3, 2, 1, 0]
    assert table.df.attrs["state"] in {"loading", "live"}


def test_the_traits_say_what_the_browser_needs(table: LiveTable) -> None:
    table.wait_ready()
    assert len(table.settings["id"]) == 32
    assert table.settings == {
        "id": table.settings["id"],
        "title": "people",
        "height": 300,
        "follow": False,
        "formats": {},
        "styles": {},
    }
    assert table.sort == [{"column": "n", "descending": False}]
    state = table.get_state()
    assert state["status"]["state"] == "live"
    assert not [name for name in state if "row" in name]
    with pytest.raises(traitlets.TraitError):
        table.status = Status(State.LIVE, table.status.since)
    with pytest.raises(traitlets.TraitError):
        table.columns = []


def test_the_columns_trait_follows_the_rows(table: LiveTable) -> None:
    table.wait_ready()
    until_happened(lambda: bool(table.columns), "Columns")
    assert [column["name"] for column in table.columns] == ["id", "name", "n"]
    assert [column["key"] for column in table.columns] == [True, False, False]


def test_an_observer_that_raises_keeps_no_columns_from_the_views(
    table: LiveTable,
) -> None:
    table.wait_ready()
    called: list[str] = []

    def broken(change: Any) -> None:
        called.append(change["name"])
        raise ZeroDivisionError

    table.observe(broken, "status")
    table.set_trait("columns", [])
    table.pause()
    until_happened(lambda: len(table.columns) == 3, "Columns")
    assert called
    table.unobserve(broken, "status")


def test_browser_messages_reach_the_hub_and_frames_come_back(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, Any]] = []
    table._hub._send = sent.append
    table.wait_ready()
    hello = {"kind": "hello", "view": "v", "id": 1, "first": 0, "count": 2}
    table._received(table, hello, [])
    table._handle.refresh()
    until_happened(lambda: bool(sent), "A frame")
    assert [row[0] for row in sent[0]["rows"]] == ["4", "3"]
    table._received(table, {"kind": "ack", "view": "v", "seq": sent[-1]["seq"]}, [])
    table.sort = [{"column": "id", "descending": False}]
    deadline = monotonic() + PATIENCE_S
    while [row[0] for row in sent[-1]["rows"]] != ["0", "1"]:
        assert monotonic() < deadline
        sleep(0.01)


def test_a_style_is_set_replaced_and_taken_away(table: LiveTable) -> None:
    assert table.style("n", "bar").style("name", {"a": "good"}) is table
    table.style("n", "heat", low=0, high=9)
    assert table.settings["styles"]["n"] == {"kind": "heat", "low": 0, "high": 9}
    table.style("n", None)
    assert list(table.settings["styles"]) == ["name"]


def test_a_table_shows_itself_in_one_line(table: LiveTable) -> None:
    table.wait_ready()
    assert repr(table).startswith("<LiveTable people: <Status live · 5 rows")


def test_closing_keeps_the_rows_and_refuses_to_wait(table: LiveTable, source: MemoryTable) -> None:
    table.wait_ready()
    with table as same:
        assert same is table
    assert table.status.state is State.CLOSED
    assert not source.streams
    assert len(table.df) == 5
    with pytest.raises(ClosedError):
        table.wait_ready()
    with pytest.raises(ClosedError):
        table.wait_for(lambda df: False)
    table.close()
