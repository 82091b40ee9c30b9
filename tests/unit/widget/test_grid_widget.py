"""A grid over another kind of table: one whose rows nobody keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.view.grid_table import GridTable
from rtwidget.widget.grid_widget import GridWidget
from tests.unit.feed.bench import until_happened
from tests.unit.widget.counting_table import ROWS, CountingTable


@pytest.fixture
def grid() -> Iterator[GridWidget]:
    table: GridTable = CountingTable(LoopThread("squares"))
    made = GridWidget(table)
    yield made
    made.dispose()


def say(grid: GridWidget, kind: str, **fields: Any) -> None:
    grid._handle.call(grid._hub.receive, {"kind": kind, "view": "v", **fields})


def test_a_window_of_rows_that_nobody_keeps_is_drawn_and_saved(
    grid: GridWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(grid._hub, "_send", sent.append)
    say(grid, "hello", id=1, first=ROWS - 2, count=2)
    until_happened(lambda: any(one["kind"] == "frame" for one in sent), "A frame")
    frame = next(one for one in sent if one["kind"] == "frame")
    assert (frame["total"], frame["first"]) == (ROWS, ROWS - 2)
    assert frame["rows"] == [[str(n), str(n * n)] for n in (ROWS - 2, ROWS - 1)]
    bundle = grid._repr_mimebundle_()
    assert bundle is not None
    assert "9,801" in bundle[0]["text/html"]


def test_rows_that_nobody_keeps_are_chosen_by_key(grid: GridWidget) -> None:
    say(grid, "hello", id=1, first=0, count=2)
    say(grid, "span", id=2, start="5", end={"key": None, "place": 7})
    until_happened(lambda: grid.selected_keys == [5, 6, 7], "The choice")


def test_columns_and_status_are_the_tables(grid: GridWidget) -> None:
    until_happened(lambda: len(grid.columns) == 2, "The columns")
    assert [column["name"] for column in grid.columns] == ["id", "square"]
    assert grid.status.rows == ROWS
    assert repr(grid).startswith("<GridWidget squares")
