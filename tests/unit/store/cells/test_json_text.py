"""JSON columns: as text, and parsed without losing a digit or a name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.json_text import (
    Floats,
    UnparsableError,
    array_of,
    json_text,
    json_texts,
    parsed,
)
from rtwidget.store.cells.kinds import Kind
from tests.unit.store.snapshots import json_text as document
from tests.unit.store.snapshots import number


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, None),
        (document("[1]"), "[1]"),
        (number("1.50"), "1.50"),
        ('say "ü"', r'"say \"ü\""'),
        (True, "true"),
        (7, "7"),
    ],
)
def test_a_cell_is_written_as_json(cell: Cell, text: str | None) -> None:
    assert json_text(cell) == text


@pytest.mark.parametrize(
    "cells",
    [
        [document("{}"), None],
        ["a", 1, None],
        [1, None],
        [True, False],
        ["only", "texts"],
        [number("1.5"), None],
    ],
)
def test_a_column_is_written_as_its_cells_are(cells: list[Cell]) -> None:
    assert json_texts(encode(cells, Kind.JSON)).to_pylist() == [json_text(cell) for cell in cells]


def test_every_digit_is_kept() -> None:
    assert parsed('{"a": [1.10, 1e2, -0, 12345678901234567890]}') == {
        "a": [Decimal("1.10"), Decimal("1e2"), 0, 12345678901234567890]
    }
    assert str(parsed("-0")) == "-0"
    assert parsed("1" * 5_000) == Decimal("1" * 5_000)


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 2}', "[" * 100_000, "1e9999999999999999999", "no json"]
)
def test_what_python_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (whatever it says)
        parsed(text)
    assert isinstance(caught.value, UnparsableError) is (text != "no json")


def test_numbers_of_arrays_that_json_has_as_text_are_numbers_again() -> None:
    floats = Floats(rounding=True)
    assert array_of('[1, 0.5, "Infinity", null, ["-Infinity"]]', "_float8", floats) == [
        1.0,
        0.5,
        float("inf"),
        None,
        [float("-inf")],
    ]
    assert array_of('["NaN"]', "_text") == ["NaN"]
    assert array_of("[1, 1.50]", "_numeric") == [1, Decimal("1.50")]


@pytest.mark.parametrize(
    ("text", "rounding", "changed"),
    [
        ("0.1", False, False),
        ("0.12345678901234567890", False, True),
        ("1e400", True, True),
        ("0.12345678901234567890", True, False),
    ],
)
def test_floats_remember_whether_a_number_became_another(
    text: str, *, rounding: bool, changed: bool
) -> None:
    floats = Floats(rounding=rounding)
    floats("1.5")
    floats(text)
    floats("1.5")
    assert floats.changed is changed
