"""Each manner of drawing makes texts of stored cells, however these are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.view.browser_text.drawn_cells import (
    composed_texts,
    database_text,
    formatted_numbers,
    grouped_numbers,
    short_uuids,
    spaced_texts,
    text_lines,
    ticks,
)
from tests.unit.view.browser_text.drawing import numbers

Manner: TypeAlias = Callable[[StoredColumn], pa.Array]


def test_floats_without_bounds_are_written_as_the_database_does() -> None:
    cells = numbers("1.5", "Infinity", "-Infinity", "NaN")
    assert database_text(encode(cells, Kind.FLOAT)).to_pylist() == [str(cell) for cell in cells]
    assert database_text(encode(["inf", "nan", None], Kind.TEXT)).to_pylist() == [
        "inf",
        "nan",
        None,
    ]


def test_truth_is_drawn_as_a_mark_also_beside_other_values() -> None:
    alike, mixed = encode([True, False], Kind.BOOL), encode([True, "maybe", False], Kind.BOOL)
    assert (alike.encoding, mixed.encoding) == (Encoding.BOOL, Encoding.MIXED)
    assert ticks(alike).to_pylist() == ["✓", "✗"]
    assert ticks(mixed).to_pylist() == ["✓", "maybe", "✗"]


@pytest.mark.parametrize("draw", [composed_texts, text_lines])
def test_of_json_truth_is_a_mark_and_the_word_stays_a_word(draw: Manner) -> None:
    assert draw(encode([True, "true", False], Kind.JSON)).to_pylist() == ["✓", "true", "✗"]
    assert draw(encode([True, False], Kind.JSON)).to_pylist() == ["✓", "✗"]
    assert draw(encode(["true", "cafe\u0301"], Kind.TEXT)).to_pylist() == ["true", "caf\u00e9"]


def test_numbers_are_drawn_with_separators_or_as_a_format_asks() -> None:
    stored = encode(numbers("1234.50", "-0.5"), Kind.NUMERIC)
    assert grouped_numbers(stored).to_pylist() == ["1,234.50", "-0.5"]
    assert formatted_numbers(stored, ".1%").to_pylist() == ["123450.0%", "-50.0%"]


@pytest.mark.parametrize(
    ("draw", "cell", "drawn"),
    [
        (spaced_texts, "a\tb\nc", "a b\nc"),
        (composed_texts, "a\tb\nc", "a\tb\nc"),
        (text_lines, "a\tb\nc", "a b⏎c"),
        (short_uuids, "018f6d2a-7c11-7abc-8def-0123456789ab", "018f6d2a…89ab"),
    ],
)
def test_texts_are_drawn_no_further_than_is_asked_for(draw: Manner, cell: Cell, drawn: str) -> None:
    assert draw(encode([cell], Kind.TEXT)).to_pylist() == [drawn]
