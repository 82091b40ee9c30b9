"""The picture in a saved notebook: the first rows, as of when, never more than 64 kB, and never markup of values."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rtwidget.abc import ResolvedSource
from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.registry import Registry
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from rtwidget.store.order.ordering import Order
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.widget.display_options import ViewOptions
from rtwidget.widget.live_table import LiveTable


def bundle_of(source: MemoryTable, saved_rows: int) -> dict[str, Any]:
    return shown(MemoryRequest(source), saved_rows)


def shown(
    request: MemoryRequest, saved_rows: int, *, closed: bool = False, **options: Any
) -> dict[str, Any]:
    handle = ReplicaTable(request, None, LoopThread("saved"), Registry())
    options_ = ViewOptions(saved_rows=saved_rows, **options)
    table = LiveTable(handle, orders=[Order("n")], options=options_)
    try:
        if closed:
            table.wait_ready()
            handle.used(displayed=True)
            table.close()
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


def test_formats_hold_for_the_picture_too(source: MemoryTable) -> None:
    html = shown(MemoryRequest(source), 2, formats={"n": "+$.2f"})["text/html"]
    assert '<td align="right" title="6">+$6.00</td>' in html


def test_no_rows_are_saved_when_none_may_be(source: MemoryTable) -> None:
    bundle = bundle_of(source, 0)
    assert bundle["text/html"] == (
        '<p class="tex2jax_ignore mathjax_ignore"><b>people</b>: its rows are not saved; run the cell again for the live table.</p>'
    )
    assert "name 4" not in str(bundle)
    assert "application/vnd.jupyter.widget-view+json" in bundle


class Slow(MemoryRequest):
    """A table that is still connecting when it is shown."""

    async def resolve(self) -> ResolvedSource:
        return await asyncio.Future()


def test_a_picture_without_rows_says_why(source: MemoryTable) -> None:
    html = shown(Slow(source), 10)["text/html"]
    assert re.sub(" class=[^>]*", "", html).startswith(
        "<p><b>people</b>: it had no rows yet when it was shown (connecting);"
    )


def test_a_closed_table_keeps_its_picture(source: MemoryTable) -> None:
    html = shown(MemoryRequest(source), 10, closed=True)["text/html"]
    assert "5 rows, as of" in html
    assert "(closed)" in html


def test_a_picture_is_marked_for_jupyterlab_s_extension(source: MemoryTable) -> None:
    assert bundle_of(source, 2)["application/vnd.rtwidget.table+json"] == {}


@pytest.mark.slow
def test_nbconvert_shows_the_picture(source: MemoryTable, tmp_path: Path) -> None:
    output = {"output_type": "display_data", "data": bundle_of(source, 10), "metadata": {}}
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "source": "t"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    path = tmp_path / "saved.ipynb"
    path.write_text(json.dumps({**notebook, "cells": [{**cell, "outputs": [output]}]}))
    convert = [sys.executable, "-m", "nbconvert", "--to", "html", str(path)]
    subprocess.run(convert, check=True, capture_output=True)
    assert "<td>name 4</td>" in path.with_suffix(".html").read_text()
