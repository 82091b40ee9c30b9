"""A range has both its ends: `5..9` finds 5 and 9."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.view.query.view_query import Between, ShownAs
from tests.unit.store.snapshots import number
from tests.unit.view.query.looking import column, found


@pytest.mark.parametrize(
    ("type_name", "cells", "low", "high"),
    [
        ("int8", [4, 5, 7, 9, 10], "5", "9"),
        ("int8", [999, 1000, 1500, 2000, 2001], "1,000", "2,000"),
        (
            "float8",
            [number(text) for text in ("0.4", "0.5", "0.7", "0.9", "0.95")],
            "0.5",
            "0.9",
        ),
        (
            "numeric",
            [number(f"1.{digits}") for digits in ("00", "10", "15", "20", "2000001")],
            "1.1",
            "1.2",
        ),
        ("text", ["a", "b", "bb", "c", "ca"], "b", "c"),
        (
            "date",
            ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02", "2024-03-03"],
            "2024-02-29",
            "2024-03-02",
        ),
        (
            "timestamptz",
            [f"2026-06-01T12:00:0{second}+00:00" for second in (0, 1, 2, 3, 4)],
            "2026-06-01T12:00:01Z",
            "2026-06-01T12:00:03Z",
        ),
        (
            "timestamptz",
            [f"2026-06-01T12:00:0{second}+00:00" for second in (0, 1, 2, 3, 4)],
            "2026-06-01 12:00:01",
            "2026-06-01 12:00:03",
        ),
    ],
)
def test_a_range_has_both_its_ends(type_name: str, cells: list[Cell], low: str, high: str) -> None:
    snapshot, utc = column([*cells, None], type_name), ShownAs("UTC")
    assert found(snapshot, Between(low, high), shown_as=utc) == [1, 2, 3]
    assert found(snapshot, Between(low, None), shown_as=utc) == [1, 2, 3, 4]
    assert found(snapshot, Between(None, high), shown_as=utc) == [0, 1, 2, 3]
