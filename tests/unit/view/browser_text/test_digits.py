"""Separators, points and powers of ten stand where people read them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.view.browser_text.digits import by_exponent, grouped, joined, placed, pointed


def texts(*cells: str) -> pa.Array:
    return pa.array(cells, TEXT)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0", "0"),
        ("999", "999"),
        ("1000", "1,000"),
        ("-999", "-999"),
        ("-1000", "-1,000"),
        ("1234567.8901", "1,234,567.8901"),
        ("-123456", "-123,456"),
        ("1e1000", "1e1000"),
        ("1000 apples", "1000 apples"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_decimals_get_separators_and_what_is_none_stays(written: str, read: str) -> None:
    assert grouped(texts(written)).to_pylist() == [read]
    # Beside others, each has its own separators, also where the array is a part of a longer one.
    beside = grouped(texts("cut off", "12345", written, "", "6789012").slice(1))
    assert beside.to_pylist() == ["12,345", read, "", "6,789,012"]


def test_no_numbers_are_grouped_to_none() -> None:
    assert grouped(texts()).to_pylist() == []
    assert grouped(texts("x", "")).to_pylist() == ["x", ""]


def test_a_text_among_pieces_stands_in_every_one() -> None:
    assert joined("<", texts("a", ""), ">").to_pylist() == ["<a>", "<>"]


def test_a_point_stands_before_as_many_digits_as_are_asked_for() -> None:
    whole = texts("0", "5", "123", "12345")
    assert pointed(whole, 0).to_pylist() == ["0", "5", "123", "12345"]
    assert pointed(whole, 2).to_pylist() == ["0.00", "0.05", "1.23", "123.45"]


@pytest.mark.parametrize(
    ("exponent", "read"),
    [(-3, "0.00125"), (-1, "0.125"), (0, "1.25"), (1, "12.5"), (2, "125"), (4, "12500")],
)
def test_the_first_digit_counts_as_the_power_of_ten(exponent: int, read: str) -> None:
    assert placed(texts("125"), exponent).to_pylist() == [read]


def test_numbers_of_each_power_of_ten_are_drawn_together_and_stay_in_their_places() -> None:
    asked: list[tuple[list[str], int]] = []

    def draw(digits: pa.Array, exponent: int) -> pa.Array:
        asked.append((digits.to_pylist(), exponent))
        return joined(digits, f"e{exponent}")

    drawn = by_exponent(texts("1", "2", "3"), np.array([5, -2, 5]), draw)
    assert drawn.to_pylist() == ["1e5", "2e-2", "3e5"]
    assert asked == [(["2"], -2), (["1", "3"], 5)]
