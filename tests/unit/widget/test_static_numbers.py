"""Floats in a saved picture: as the grid draws them, and exact for whoever asks."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from rtwidget.replica.keys import Cell, NumberText, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.kinds import Kind
from rtwidget.widget.static_numbers import drawn_kinds, float_cells
from rtwidget.widget.static_table import About, static_table

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
    cells = float_cells(FLOATS, 100)
    assert cells[0] == '<td align="right" title="0.8492286814938597">0.849229</td>'
    texts = [re.sub("<[^>]*>", "", cell) for cell in cells]
    # A space as wide as a point, and others as wide as a digit, keep the points in line.
    padded = ["0.849229", "0.5" + "\u2007" * 5, "12\u2008" + "\u2007" * 6, "", "NaN"]
    assert texts == [*padded, "1e-7\u2008" + "\u2007" * 3]
    assert "title" not in cells[1] + cells[2] + cells[4]


def test_a_picture_shows_them_and_null() -> None:
    rows: list[Row] = [(cell,) for cell in FLOATS]
    about = About("t", len(rows), "live", taken_at=TAKEN, verified_at=TAKEN)
    html = static_table(about, [("x", Kind.FLOAT)], rows)
    assert ">0.849229</td></tr>" in html
    assert "<td><i>null</i></td>" in html
    assert html.count("<tr>") == len(rows) + 1


def test_fractions_of_unknown_type_are_floats_by_their_digits() -> None:
    assert drawn_kinds(SCHEMA, KINDS, ROWS) == [Kind.INT, Kind.FLOAT, Kind.NUMERIC, Kind.NUMERIC]
    told = Schema((Column("id"), Column("ratio", "numeric"), *SCHEMA.columns[2:]), ("id",))
    assert drawn_kinds(told, KINDS, ROWS)[1] is Kind.NUMERIC
    assert drawn_kinds(SCHEMA, KINDS, [])[1] is Kind.NUMERIC
