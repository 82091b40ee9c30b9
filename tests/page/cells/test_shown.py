"""The kernel knows what stands in every cell: it draws whole columns as the browser draws them, in any zone."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import msgspec
import pytest

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.store.cells.number_text import float_text, number_cell
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.frames.frame_writer import column_messages
from rtwidget.view.messages.cell_texts import encode
from rtwidget.view.messages.query_message import ShownAs, shown_as_of
from tests.page.cells.cell_values import EDGES, ROWS, cells_of, real
from tests.page.conftest import ADDRESS, serve
from tests.page.tab import Tab
from tests.unit.store.snapshots import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

ZONES: Final = ["America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]
FORMATS: Final = {
    "f0": ",.2f",
    "f1": ".1%",
    "f2": "$,s",
    "f3": "d",
    "f4": "",
    "f5": ".2s",
    "f6": "exact",
    "f7": "+$,.1%",
}


TYPES: Final = {"int": "int8", "float": "float8"}


@pytest.fixture(params=ZONES)
def reader(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of somebody in a zone, tall enough for all rows."""
    size: ViewportSize = {"width": 1400, "height": 6000}
    with closing(
        Tab(chromium, ADDRESS, serve, size=size, zone=request.param, locale="de-DE")
    ) as tab:
        yield tab.opened()
        assert tab.errors == []


def mounted(
    reader: Page, columns: dict[str, list[Cell]], types: dict[str, str]
) -> tuple[Any, Any, list[list[str]]]:
    """Show columns; return what the kernel has, how the view says to draw it, and what it draws."""
    snapshot = snapshot_of(columns, types)
    settings = {"title": "t", "height": 5800, "formats": FORMATS}
    reader.wait_for_function("window.rig !== undefined")
    rows = [[encode(cell) for cell in row] for row in snapshot.rows]
    told = column_messages(snapshot.schema, snapshot.kinds)
    options = {"columns": told, "rows": rows, "total": len(rows), "traits": {"settings": settings}}
    reader.evaluate("options => rig.mount(options)", options)
    reader.wait_for_function(
        f"document.querySelector('#cell > div').shadowRoot.querySelectorAll('tbody tr').length >= {len(rows)}"
    )
    # What was learned of the values is told with the next request.
    reader.get_by_role("searchbox").fill("x")
    reader.wait_for_function("rig.model.sent.some(({ kind }) => kind === 'query')")
    asked = reader.evaluate("rig.model.sent.findLast(({ kind }) => kind === 'query')")
    on_screen = reader.evaluate(
        """() => [...document.querySelector('#cell > div').shadowRoot.querySelectorAll('tbody tr')]
           .map((row) => [...row.querySelectorAll('td[aria-colindex]')].map((cell) => cell.textContent))"""
    )
    shown_as = shown_as_of(msgspec.convert(asked["shown_as"], ShownAs))
    return snapshot, shown_as, on_screen[: len(rows)]


def drawn_alike(snapshot: Any, shown_as: Any, on_screen: list[list[str]]) -> None:
    """What the kernel says to be drawn is what is drawn."""
    for position, name in enumerate(snapshot.schema.names):
        column = ShownColumn.of(snapshot, position, shown_as)
        stored = snapshot.parts[0].chunk.columns[position]
        drawn = column.drawn(stored)
        texts = (column.written(stored, "x") or (None,))[0] if drawn is None else drawn
        assert texts is not None
        expected = ["null" if text is None else text for text in texts.to_pylist()]
        assert [row[position] for row in on_screen] == expected, name


def test_the_kernel_finds_what_the_browser_draws(reader: Page) -> None:
    draw = random.Random(12)
    kinds = {kind: kind for kind in EDGES} | dict.fromkeys(FORMATS, "numeric") | {"user_id": "int"}
    columns = {name: cells_of(kind, draw) for name, kind in kinds.items()}
    types = {name: TYPES.get(kind, kind) for name, kind in kinds.items()}
    columns["note"], types["note"] = [JsonText('{"a":\t1}')] * ROWS, "jsonb"
    # Of unknown type: one has floats, one has decimals.
    columns["ratio"] = [NumberText(float_text(draw.random())) for _ in range(ROWS)]
    columns["price"] = [NumberText(f"{number}.50") for number in range(ROWS)]
    found = mounted(reader, columns, types)
    assert found[1].formats == FORMATS
    assert found[1].floats == {"ratio"}
    drawn_alike(*found)


def test_both_round_floats_alike(page: Page) -> None:
    page.set_viewport_size({"width": 1400, "height": 6000})
    draw = random.Random(30)
    columns = {f"x{place}": [number_cell(real(draw)) for _ in range(200)] for place in range(30)}
    drawn_alike(*mounted(page, columns, dict.fromkeys(columns, "float8")))
