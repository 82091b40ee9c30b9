"""What stands on the screen, of columns at once; that the browser draws the same is for `tests/page/cells/test_shown.py`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.number_text import number_cell
from rtwidget.view.displayed.column import ShownColumn
from rtwidget.view.displayed.floats import are_taken_for_floats
from rtwidget.view.frames.frame_writer import column_messages
from rtwidget.view.query.view_query import ShownAs
from tests.unit.store.snapshots import json_text, snapshot_of

READER = ShownAs("America/New_York", {"price": ",.2f", "all": "exact"}, frozenset({"ratio"}))


def drawn(
    cells: Sequence[Cell], type_name: str, name: str = "c", shown_as: ShownAs = READER
) -> list[str | None]:
    """Return what is drawn of cells, or what the database wrote where that is drawn."""
    snapshot = snapshot_of({name: cells}, {name: type_name})
    column = ShownColumn.of(snapshot, 1, shown_as)
    stored = snapshot.parts[0].chunk.columns[1]
    found = column.drawn(stored)
    if found is None:
        written = column.written(stored, "")
        assert written is not None
        found = written[0]
    texts: list[str | None] = found.to_pylist()
    return texts


def numbers(*texts: str) -> list[Cell]:
    return [number_cell(text) for text in texts]


@pytest.mark.parametrize(
    ("type_name", "cells", "expected"),
    [
        ("int8", numbers("1234567", "-1000", "0", "9223372036854775807"),
         ["1,234,567", "-1,000", "0", "9,223,372,036,854,775,807"]),
        ("numeric", numbers("1234.50", "-0.00", "1e+30", "NaN", "123456789012345678901234567890.5"),
         ["1,234.50", "-0.00", "1e+30", "NaN", "123,456,789,012,345,678,901,234,567,890.5"]),
        ("bool", [True, False, None], ["✓", "✗", None]),
        ("timestamptz", ["2026-03-15T02:30:00.5+00:00", "2026-07-01T00:00:00+00:00", None],
         ["2026-03-14 22:30:00", "2026-06-30 20:00:00", None]),
        ("timestamptz", ["2026-03-15T11:30:00+09:00", "infinity", "0044-03-15T12:00:00+00:00 BC"],
         ["2026-03-14 22:30:00", "infinity", "0044-03-15T12:00:00+00:00 BC"]),
        ("timestamp", ["2026-03-15T02:30:00.5", None], ["2026-03-15 02:30:00", None]),
        ("timestamp", ["2026-03-15T02:30:00.5", "-infinity"], ["2026-03-15 02:30:00", "-infinity"]),
        ("date", ["2026-03-15"], ["2026-03-15"]),
        ("timetz", ["22:30:00+05:30"], ["22:30:00+05:30"]),
        ("uuid", ["018f6d2a-7c11-7abc-8def-0123456789ab"], ["018f6d2a…89ab"]),
        ("text", ["a\r\nb\tc\x07", "", " \t", "x" * 301, None],
         ["a⏎b c␇", '""', '"  "', "x" * 300 + "…", None]),
        ("jsonb", [json_text('{"a": 1}')], ['{"a": 1}']),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_every_kind_is_drawn_as_the_browser_draws_it(
    type_name: str, cells: Sequence[Cell], expected: list[str | None]
) -> None:
    assert drawn(cells, type_name) == expected


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


def test_numbers_of_unknown_type_are_floats_where_the_view_takes_them_for_such() -> None:
    cells = numbers("0.8492286814938597", "1234.5678", "1" + "0" * 400 + ".5", "1e-7")
    exact = ["0.8492286814938597", "1,234.5678", "1" + ",000" * 133 + ",0.5", "1e-7"]
    shown = ["0.849229", "1,234.57", "1" + "0" * 400 + ".5", "1e-7"]
    assert drawn(cells, "numeric", "ratio") == shown
    assert drawn(cells[:2], "numeric", "other") == exact[:2]


def test_exact_shows_every_digit() -> None:
    cells = numbers("1234.8492286814938597", "0.5", "NaN")
    for type_name in ("float8", "numeric"):
        assert drawn(cells, type_name, "all") == ["1,234.8492286814938597", "0.5", "NaN"]


def test_numbers_that_name_something_have_no_separators() -> None:
    for name in ("user_id", "id"):
        snapshot = snapshot_of({"id": [1234567], "user_id": [7654321]}, {"user_id": "int8"})
        column = ShownColumn.of(snapshot, snapshot.schema.names.index(name), READER)
        assert column.drawn(snapshot.parts[0].chunk.columns[0]) is None


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


def test_a_half_of_the_last_digit_is_rounded_as_javascript_does() -> None:
    # 12345.25 lies exactly in the middle, the float nearest to 1.0000005 above, that to 99999.95 below.
    cells = numbers("12345.25", "-12345.25", "1.0000005", "99999.95", "1000000.5", "1.234565e-9")
    shown = ["12,345.3", "-12,345.3", "1", "99,999.9", "1,000,001", "1.23457e-9"]
    assert drawn(cells, "float8", "x") == shown


def test_the_browser_is_told_of_which_numbers_nobody_knows_the_type() -> None:
    cells = numbers("0.5", "1.25")
    snapshot = snapshot_of({"a": cells, "b": cells, "c": [1, 2]}, {"b": "numeric"})
    told = column_messages(snapshot.schema, snapshot.kinds)
    assert [one["name"] for one in told if one.get("untyped")] == ["a"]


def test_only_numbers_of_unknown_type_are_taken_for_floats() -> None:
    text = "0.8492286814938597"
    assert are_taken_for_floats([None, number_cell(text)])
    assert not are_taken_for_floats([text, number_cell("0.84"), 3])
