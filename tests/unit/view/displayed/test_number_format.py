"""Numbers as `formats=` asks for, in the manner of d3."""

from __future__ import annotations

from rtwidget.view.query.view_query import ShownAs
from tests.unit.view.displayed.drawing import drawn, numbers


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
