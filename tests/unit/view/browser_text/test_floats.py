"""Floats have six digits that count, rounded as JavaScript rounds them; all others stay whole."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import NumberText
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.number_text import number_cell
from rtwidget.view.browser_text.floats import are_taken_for_floats, floats_shown
from tests.unit.view.browser_text.drawing import drawn, numbers


def test_floats_have_six_digits_that_count() -> None:
    cells = numbers("1234.5678", "-0.0001234567", "1e-09", "NaN", "-Infinity", "-0", "1.5e+16", "2")
    expected = ["1,234.57", "-0.000123457", "1e-9", "NaN", "-∞", "0", "1.5e+16", "2"]
    assert drawn(cells, "float8", "x") == expected
    assert drawn([*cells, None], "float8", "x")[-1] is None
    # A text among them, as another server may send it, is no number and leaves the others as they are.
    odd = [*numbers("1234.5", "NaN"), "what", None]
    assert drawn(odd, "float8", "x") == ["1,234.5", "NaN", "what", None]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.8492286814938597", "0.849229"),
        ("0.30000000000000004", "0.3"),
        ("1234567.89", "1,234,568"),
        ("999999.7", "1,000,000"),
        ("999999999999999", "999,999,999,999,999"),
        ("1e+15", "1e+15"),
        ("9.9999999e-05", "0.0001"),
        ("9e-05", "9e-5"),
        ("-1.7976931348623157e+308", "-1.79769e+308"),
        ("5e-324", "5e-324"),
        ("1.2347e-320", "1.2347e-320"),
    ],
)
def test_no_float_is_shown_longer_than_it_can_be_read(text: str, shown: str) -> None:
    assert drawn(numbers(text), "float8", "x") == [shown]


def test_a_half_of_the_last_digit_is_rounded_as_javascript_does() -> None:
    # 12345.25 lies exactly in the middle, the float nearest to 1.0000005 above, that to 99999.95 below.
    cells = numbers("12345.25", "-12345.25", "1.0000005", "99999.95", "1000000.5", "1.234565e-9")
    shown = ["12,345.3", "-12,345.3", "1", "99,999.9", "1,000,001", "1.23457e-9"]
    assert drawn(cells, "float8", "x") == shown


def test_only_numbers_of_unknown_type_are_taken_for_floats() -> None:
    text = "0.8492286814938597"
    assert are_taken_for_floats([None, number_cell(text)])
    assert not are_taken_for_floats([text, number_cell("0.84"), 3])


@pytest.mark.parametrize(
    ("text", "is_float"),
    [
        ("0.849228681493859", False),
        ("0.8492286814938597", True),
        ("-0.84922868149385971", True),
        ("0.849228681493859712", False),
        ("1234567890123456", False),
        ("1e-07", True),
        ("1e5x", False),
    ],
)
def test_floats_are_told_by_digits_that_decimals_rarely_have(text: str, is_float: bool) -> None:  # noqa: FBT001  (a case)
    assert are_taken_for_floats([NumberText(text)]) is is_float


def test_numbers_that_no_float_holds_are_drawn_whole() -> None:
    stored = encode(
        [NumberText("1e400"), NumberText("-1e400"), *numbers("-Infinity")], Kind.NUMERIC
    )
    assert floats_shown(stored).to_pylist() == ["1e400", "-1e400", "-∞"]
