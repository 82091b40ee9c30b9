"""The picture in a saved notebook: the first rows, as of when, never more than 64 kB, and never markup of values."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rtwidget.feed.handle import TableHandle
from rtwidget.feed.loop import LoopThread
from rtwidget.feed.registry import Registry
from rtwidget.replica.keys import NumberText, Row
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from rtwidget.store.kinds import Kind
from rtwidget.store.ordering import Order
from rtwidget.widget.live_table import LiveTable
from rtwidget.widget.looks import ViewOptions
from rtwidget.widget.static_table import MOST_BYTES, About, static_table

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
COLUMNS = [("id", Kind.INT), ("name", Kind.TEXT), ("score", Kind.NUMERIC)]


def picture(rows: list[Row], total: int | None = None) -> str:
    count = len(rows) if total is None else total
    return static_table(About("people", count, "live", NOON), COLUMNS, rows)


def test_a_picture_says_what_of_when_and_in_which_state() -> None:
    html = picture([(1, "Ada", NumberText("1.10")), (2, None, None)], 1234)
    assert "<b>people</b>: the first 2 of 1,234 rows, as of 2026-11-22 12:00:00 UTC (live)" in html
    assert '<td align="right">1.10</td>' in html
    assert "<td><i>null</i></td>" in html
    early = static_table(About("t", 0, "loading", NOON, verified=False), COLUMNS, [])
    assert "0 rows, as of 2026-11-22 12:00:00 UTC, not yet verified (loading)" in early


def test_values_are_text_whatever_they_hold() -> None:
    attack = "<script>alert(1)</script>\"'&"
    html = static_table(
        About(attack, 2, "live", NOON), [(attack, Kind.TEXT)], [(attack,), ("\ud800",)]
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;") == 3
    html.encode()


@pytest.mark.parametrize("width", [3, 100_000])
def test_a_picture_is_never_larger_than_64_kb(width: int) -> None:
    columns = [(f"column {number}", Kind.TEXT) for number in range(width)]
    rows: list[Row] = [("ü" * 1_000,) * width] * 100
    html = static_table(About("wide", 100, "live", NOON), columns, rows)
    assert len(html.encode()) <= MOST_BYTES
    assert "rows, as of" in html


def bundle_of(source: MemoryTable, saved_rows: int) -> dict[str, Any]:
    handle = TableHandle(MemoryRequest(source), None, LoopThread("saved"), Registry())
    table = LiveTable(handle, orders=[Order("n")], options=ViewOptions(saved_rows=saved_rows))
    try:
        bundle = table._repr_mimebundle_()
        assert bundle is not None
        return bundle[0]
    finally:
        table.dispose()


def test_the_output_holds_the_first_rows_in_order(source: MemoryTable) -> None:
    html = bundle_of(source, 2)["text/html"]
    assert "the first 2 of 5 rows" in html
    assert html.index("name 4") < html.index("name 3")
    assert "name 2" not in html


def test_nothing_is_saved_when_nothing_may_be(source: MemoryTable) -> None:
    bundle = bundle_of(source, 0)
    assert "text/html" not in bundle
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_nbconvert_shows_the_picture(source: MemoryTable, tmp_path: Path) -> None:
    output = {"output_type": "display_data", "data": bundle_of(source, 10), "metadata": {}}
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "source": "t"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    path = tmp_path / "saved.ipynb"
    path.write_text(json.dumps({**notebook, "cells": [{**cell, "outputs": [output]}]}))
    convert = [sys.executable, "-m", "nbconvert", "--to", "html", str(path)]
    subprocess.run(convert, check=True, capture_output=True)
    assert "<td>name 4</td>" in path.with_suffix(".html").read_text()
