"""Numbers as `formats=` asks for, in the manner of d3."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.view.browser_text.number_format import formatted
from rtwidget.view.query.view_query import ShownAs
from tests.unit.view.browser_text.drawing import drawn, numbers


def test_numbers_are_written_as_formats_ask() -> None:
    cells = numbers("1234.565", "-0.004", "1e-30", "NaN", "12345678", "0." + "3" * 60)
    expected = ["1,234.57", "0.00", "0.00", "NaN", "12,345,678.00", "0.33"]
    assert drawn(cells, "numeric", "price") == expected
    for spec, text, shown in (
        (".1%", "0.285", "28.5%"),
        ("$,.2f", "-1234.5", "-$1,234.50"),
        ("s", "999950", "1M"),
        ("s", "-1234567", "-1.23M"),
        (",s", "1234567890123456", "1,230T"),
        ("d", "-0.5", "-1"),
        ("", "1234.5600", "1234.56"),
        (".4f", "9" * 60, "9" * 60),
        ("f", "Infinity", "Infinity"),
        ("!!", "1.5", "1.5"),
    ):
        assert drawn(numbers(text), "numeric", "n", ShownAs(formats={"n": spec})) == [shown]


def texts(spec: str, *numbers: str) -> list[str]:
    found: list[str] = formatted(pa.array(numbers, TEXT), spec).to_pylist()
    return found


@pytest.mark.parametrize(
    ("spec", "number", "written"),
    [
        ("+d", "0", "+0"),
        ("+.1f", "-0.04", "-0.0"),
        (".1f", "-0.04", "0.0"),
        ("€.0f", "-2.5", "-€3"),
        ("f", "0.1234565", "0.123457"),
        (".2%", "0.00005", "0.01%"),
        (".99f", "0.5", "0.5" + "0" * 19),
        ("s", "0", "0"),
        ("s", "999.4", "999"),
        ("s", "999.5", "1K"),
        (".1s", "1500", "2K"),
        ("s", "1e15", "1000T"),
        ("s", "0.000123456", "0.000123"),
        (".2f", "1e-400", "0.00"),
        (".2f", "-1e-21", "0.00"),
        ("d", "9" * 37, "9" * 37),
    ],
)
def test_numbers_are_rounded_and_signed_at_the_edges(spec: str, number: str, written: str) -> None:
    assert texts(spec, number) == [written]


def test_what_is_no_number_or_too_long_stays_as_it_is_beside_numbers() -> None:
    strange = ["", "NaN", "-Infinity", "1" + "0" * 37, "1e37", "1.2.3"]
    assert texts(".1f", *strange, "2") == [*strange, "2.0"]
    assert texts("<.1f", "2") == ["2"]
