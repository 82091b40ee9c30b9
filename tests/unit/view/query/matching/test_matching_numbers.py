"""Numbers are found as they are shown, and as the database wrote them."""

from __future__ import annotations

import pytest

from rtwidget.view.query.view_query import Contains, OneOf, StartsWith
from tests.unit.view.query.looking import column, found, numbers


@pytest.mark.parametrize(
    ("type_name", "cells", "typed", "rows"),
    [
        ("int8", ("1234567", "234567", "-1234"), "1,234", [0, 2]),
        ("int8", ("1234567", "234567", "-1234"), "1234", [0, 2]),
        ("int8", ("1234567", "234567", "-1234"), ",234,", [0]),
        ("int8", ("1234567", "234567", "-1234"), "234,567", [0, 1]),
        ("int8", ("9223372036854775807", "1"), "9,223,372,036,854,775,807", [0]),
        ("numeric", ("1234.50", "1234.5", "0.1234"), "1,234.50", [0]),
        ("numeric", ("1234.50", "1234.5", "0.1234"), "1,234", [0, 1]),
        ("numeric", ("1e+30", "NaN", "-Infinity"), "nan", [1]),
        ("numeric", ("1e+30", "NaN", "-Infinity"), "1E+3", [0]),
        ("float8", ("1234.5678", "1234.5", "-0"), "1,234.57", [0]),
        ("float8", ("1234.5678", "1234.5", "-0"), "1234.5678", [0]),
        ("float8", ("1234.5678", "1234.5", "-0"), "1,234.5", [0, 1]),
        ("float8", ("Infinity", "1e-9", "NaN"), "∞", [0]),
        ("float8", ("Infinity", "1e-9", "NaN"), "infinity", [0]),
        ("float8", ("Infinity", "1e-9", "NaN"), "1e-9", [1]),
    ],
)
def test_numbers_are_found_with_their_separators_or_without(
    type_name: str, cells: tuple[str, ...], typed: str, rows: list[int]
) -> None:
    snapshot = column(numbers(*cells), type_name, "x")
    assert found(snapshot, Contains(typed)) == rows
    assert found(snapshot, search=typed) == rows


def test_numbers_with_a_format_are_found_as_it_writes_them() -> None:
    shares = column(numbers("0.025", "0.125", "0.42", "-0.025"), "numeric", "share")
    assert found(shares, StartsWith("2.5%")) == [0]
    assert found(shares, Contains("2.5%")) == [0, 1, 3]
    assert found(shares, OneOf(("42.0%",))) == [2]
    assert found(shares, OneOf(("0.42",))) == [2]
    assert found(shares, search="42.0%") == [2]
    assert found(shares, search="0.125") == [1]


def test_a_number_is_one_of_those_that_are_equal_or_shown_so() -> None:
    prices = column(numbers("1234.50", "1234.5", "1234.567", "NaN"), "float8", "x")
    assert found(prices, OneOf(("1,234.50",))) == [0, 1]
    assert found(prices, OneOf(("1234.5",))) == [0, 1]
    assert found(prices, OneOf(("1,234.57",))) == [2]
    assert found(prices, OneOf(("1,2345",))) == []
    assert found(prices, OneOf(("NaN",))) == [3]
    whole = column([1234567, 1, None], "int4")
    assert found(whole, OneOf(("1,234,567", "null"))) == [0, 2]
    assert found(whole, StartsWith("1,2")) == [0]
    assert found(whole, StartsWith("null")) == [2]
