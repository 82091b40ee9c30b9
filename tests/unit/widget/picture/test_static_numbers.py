"""Floats in a saved picture: as the grid draws them, and exact for whoever asks."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from rtwidget.replica.keys import Cell, NumberText, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.view.browser_text.column import ShownColumn
from rtwidget.widget.picture.static_numbers import drawn_columns, number_cells
from rtwidget.widget.picture.static_table import About, static_table

FLOATS: list[Cell] = [
    NumberText("0.8492286814938597"),
    NumberText("0.5"),
    12,
    None,
    "NaN",
    NumberText("1e-07"),
]
SCHEMA = Schema((Column("id"), Column("ratio"), Column("price"), Column("x_id")), ("id",))
ROWS: list[Row] = [
    (number, NumberText(text), NumberText(f"{number}.50"), NumberText("1.2345678901234567"))
    for number, text in enumerate(("0.5", "0.8492286814938597"))
]
TAKEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
KINDS = (Kind.INT, Kind.NUMERIC, Kind.NUMERIC, Kind.NUMERIC)


def test_floats_have_six_digits_and_the_exact_value_beside() -> None:
    cells = number_cells(ShownColumn(Kind.FLOAT), FLOATS, 100)
    assert cells[0] == '<td align="right" title="0.8492286814938597">0.849229</td>'
    texts = [re.sub("<[^>]*>", "", cell) for cell in cells]
    # A space as wide as a point, and others as wide as a digit, keep the points in line.
    padded = ["0.849229", "0.5" + "\u2007" * 5, "12\u2008" + "\u2007" * 6, "", "NaN"]
    assert texts == [*padded, "1e-7\u2008" + "\u2007" * 3]
    assert "title" not in cells[1] + cells[2] + cells[4]


def test_a_picture_shows_them_and_null() -> None:
    rows: list[Row] = [(cell,) for cell in FLOATS]
    about = About("t", len(rows), "live", taken_at=TAKEN, verified_at=TAKEN)
    html = static_table(about, [("x", ShownColumn(Kind.FLOAT))], rows)
    assert ">0.849229</td></tr>" in html
    assert "<td><i>null</i></td>" in html
    assert html.count("<tr>") == len(rows) + 1


def test_fractions_of_unknown_type_are_floats_by_their_digits() -> None:
    def floats(schema: Schema, rows: list[Row]) -> list[bool]:
        return [column.floats for column in drawn_columns(schema, KINDS, rows, {})]

    assert floats(SCHEMA, ROWS) == [False, True, False, False]
    told = Schema((Column("id"), Column("ratio", "numeric"), *SCHEMA.columns[2:]), ("id",))
    assert not any(floats(told, ROWS) + floats(SCHEMA, []))


def test_a_picture_writes_numbers_as_the_grid_does() -> None:
    def texts(kind: Kind, format_: str | None, *cells: Cell, is_name: bool = False) -> list[str]:
        column = ShownColumn(kind, is_name, format=format_)
        return [
            re.sub("^<td align=.right.|</td>$", "", one) for one in number_cells(column, cells, 100)
        ]

    ratio, whole = NumberText("0.8492286814938597"), 9007199254740993
    assert texts(Kind.FLOAT, ".1%", ratio, None) == [f' title="{ratio}">84.9%', ""]
    assert texts(Kind.FLOAT, "exact", ratio, NumberText("0.5")) == [f">{ratio}", ">0.5"]
    assert texts(Kind.FLOAT, "+$,.2f", NumberText("-1234.5")) == [' title="-1234.5">-$1,234.50']
    # Separators alone hide nothing.
    assert texts(Kind.INT, None, whole, -5) == [">9,007,199,254,740,993", ">-5"]
    assert texts(Kind.INT, None, whole, is_name=True) == [f">{whole}"]
    assert texts(Kind.NUMERIC, None, NumberText("1.50"), 1200) == [
        ">1.50",
        ">1,200\u2008\u2007\u2007",
    ]
