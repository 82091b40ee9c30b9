"""Numbers as PostgreSQL writes them."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import NumberText
from rtwidget.store.arrow.arrow_table import to_arrow
from rtwidget.store.cells.number_text import float_text, number_cell
from tests.unit.store.snapshots import number, snapshot_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e14, "100000000000000"),
        (123456789012345.0, "123456789012345"),
        (999999999999999.9, "999999999999999.9"),
        (1e15, "1e+15"),
        (1234567890123456.0, "1.234567890123456e+15"),
        (-1e15, "-1e+15"),
        (1e16, "1e+16"),
        (1e100, "1e+100"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (1.5e-7, "1.5e-07"),
        (-0.0, "-0"),
        (2.50, "2.5"),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
    ],
)
def test_a_float_is_written_as_the_database_writes_it(value: float, text: str) -> None:
    """As `select 1e15::float8` answers: an exponent from 1e+15 on and below 1e-04."""
    assert float_text(value) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("7", 7),
        ("-7", -7),
        ("-0", NumberText("-0")),
        ("0", 0),
        ("9" * 4_300, int("9" * 4_300)),
        ("9" * 4_301, NumberText("9" * 4_301)),
        ("1.0", NumberText("1.0")),
        ("1e5", NumberText("1e5")),
        ("NaN", "NaN"),
    ],
)
def test_only_whole_numbers_become_integers(text: str, cell: object) -> None:
    found = number_cell(text)
    assert (found, type(found)) == (cell, type(cell))


@pytest.mark.parametrize("text", ["1.5e-7", "1.5E-7", "2e+3", "-1e10"])
@pytest.mark.parametrize("type_name", ["float8", "numeric"])
def test_exponents_are_numbers_in_arrow_also_where_a_server_writes_texts(
    text: str, type_name: str
) -> None:
    for cells in ([text, number("0.5"), None], [text, None, "2"]):
        table = to_arrow(snapshot_of({"x": cells}, {"x": type_name}))
        assert str(table["x"].type) != "string"
        assert float(table["x"][0].as_py()) == float(text)
