"""Rows that somebody chose, in a view or in Python."""

from __future__ import annotations

from queue import Queue
from typing import Any

import pytest

from rtwidget.widget.live_table import LiveTable
from tests.patience import PATIENCE_S
from tests.unit.feed.bench import until_happened


def test_chosen_rows_arrive_in_python_and_go_back(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(table._hub, "_send", sent.append)
    table.wait_ready()
    heard: Queue[list[int]] = Queue()
    table.observe(lambda change: heard.put(change["new"]), names="selected_keys")
    table._received(table, {"kind": "hello", "view": "v", "id": 1, "first": 0, "count": 2}, [])
    table._received(table, {"kind": "select", "view": "v", "id": 2, "keys": ["1", "3"]}, [])
    assert heard.get(timeout=PATIENCE_S) == [1, 3]
    assert sorted(table.selected.index) == [1, 3]
    assert "selected_keys" not in table.get_state()
    table.selected_keys = [4]
    assert table.selected["name"].tolist() == ["name 4"]
    until_happened(lambda: any(one.get("selected") == ["4"] for one in sent), "A frame")


def test_a_choice_of_a_view_does_not_come_back_to_it_from_python(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.wait_ready()
    chosen: list[tuple[tuple[int, ...], ...]] = []
    monkeypatch.setattr(table._hub, "choose", chosen.append)
    heard: Queue[list[int]] = Queue()
    table.observe(lambda change: heard.put(change["new"]), names="selected_keys")
    table._chosen(((1,), (3,)))
    assert heard.get(timeout=PATIENCE_S) == [1, 3]
    table.selected_keys = [2]
    table._handle.call_and_wait(lambda: None)
    assert chosen == [((2,),)]
