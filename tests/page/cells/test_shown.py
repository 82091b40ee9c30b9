"""The kernel knows what stands in every cell: it draws whole columns as the browser draws them, in any zone."""

from __future__ import annotations

import random
import struct
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec
import pytest

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.store.cells.number_text import float_text, number_cell
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.view.frames.frame_writer import column_messages
from rtwidget.view.messages.cell_texts import encode
from rtwidget.view.messages.query_message import ShownAs, shown_as_of
from tests.page.conftest import ADDRESS, serve
from tests.page.tab import Tab
from tests.unit.store.snapshots import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

ROWS: Final = 150
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
EDGES: Final[dict[str, list[Any]]] = {
    "float": [
        "NaN",
        "Infinity",
        "-Infinity",
        "-0",
        "0",
        "1e+15",
        "1e+21",
        "1.5e-07",
        "1e-06",
        "5e-324",
    ],
    "numeric": ["NaN", "-0.00", "0", "1e+20", "-1234567.8900", "999999.5", "0.285", "999950"],
    "int": ["9223372036854775807", "-1000", "999", "0"],
    "timestamptz": [
        "infinity",
        "9999-12-31T12:00:00+00:00",
        "0001-01-03T00:00:00+00:00",
        "0044-03-15T12:00:00+00:00 BC",
        "2026-03-08T07:00:00+00:00",
        "2026-11-01T05:59:59.999999+00:00",
        "2026-01-01T00:00:00+09:00",
        "2026-01-01T00:00:00-03:30",
    ],
    "timestamp": ["2026-03-15T02:30:00.5", "-infinity"],
    "text": ["", "  ", "a\r\nb\tc\x07", "😀" * 301, "null", "\u202ea", "x" * 299 + "\n" * 3],
    "bool": [True, False],
    "uuid": ["018f6d2a-7c11-7abc-8def-0123456789ab"],
}


def whole(draw: random.Random) -> str:
    return str(draw.randint(-(10 ** draw.randint(1, 18)), 10 ** draw.randint(1, 18)))


def real(draw: random.Random) -> str:
    kinds = (
        lambda: struct.unpack("d", draw.randbytes(8))[0],
        lambda: draw.uniform(-1, 1) * 10.0 ** draw.randint(-9, 12),
        lambda: round(draw.uniform(-5000, 5000), draw.randint(0, 5)),
        lambda: draw.randint(-(10**6), 10**6) / 2 ** draw.randint(0, 8),
        lambda: float(f"{draw.randint(0, 9)}.{draw.randint(0, 99)}5"),
        lambda: draw.randint(10**5, 10**6) / 8 + 1 / 16,
        lambda: float(f"{draw.randint(10**5, 10**6 - 1)}5e{draw.randint(-14, 12)}"),
        lambda: draw.uniform(0.9999990, 1.0000010) * 10.0 ** draw.randint(-6, 16),
        lambda: draw.randint(1, 2**20) * 5e-324,
    )
    return float_text(draw.choice(kinds)())


def real_fraction(draw: random.Random) -> str:
    text = real(draw)
    return (
        text if "." in text else f"{text}.5" if text.lstrip("-").isdigit() else "0.1234567890123456"
    )


def decimal(draw: random.Random) -> str:
    digits = "".join(draw.choices("0123456789", k=draw.randint(1, 9)))
    return f"{draw.choice(['', '-'])}{draw.randint(0, 10 ** draw.randint(0, 12))}.{digits}"


def moment(draw: random.Random) -> str:
    begin, days = draw.choice([(1970, 20_000), (2020, 4_000), (1900, 90_000)])
    found = datetime(begin, 1, 1, tzinfo=UTC) + timedelta(
        days=draw.randint(0, days),
        seconds=draw.randint(0, 86_399),
        microseconds=draw.choice([0, 250_000]),
    )
    return found.isoformat().replace("250000", "25")


MAKERS: Final = {"int": whole, "float": real, "numeric": decimal, "timestamptz": moment}


def cells_of(kind: str, draw: random.Random) -> list[Cell]:
    """Return the cells of a column: its edges, a null, and some of all sorts."""
    edges: list[Any] = [None, *EDGES[kind]]
    make = MAKERS.get(kind)
    texts = edges + [make(draw) if make else draw.choice(EDGES[kind]) for _ in range(ROWS)]
    is_number = kind in ("int", "float", "numeric")
    return [number_cell(one) if is_number and one is not None else one for one in texts[:ROWS]]


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
