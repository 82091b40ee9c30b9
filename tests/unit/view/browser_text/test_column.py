"""What stands on the screen, of columns at once; that the browser draws the same is for `tests/page/cells/test_shown.py`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.view.browser_text.column import ShownColumn
from tests.unit.store.snapshots import json_text, snapshot_of
from tests.unit.view.browser_text.drawing import READER, drawn, numbers


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
