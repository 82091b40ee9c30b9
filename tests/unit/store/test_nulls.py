"""Nulls keep their places: in an order, in rows that are put in later, and in frames."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.dataframes.pandas_frame import to_frame
from rtwidget.store.order.ordering import Order, Ordering
from tests.unit.store.snapshots import number, snapshot_of

COLUMNS: dict[str, tuple[str, Sequence[Cell]]] = {
    "int": ("int8", [3, None, -5, 0, None, 7, 0]),
    "float": ("float8", [number("0.5"), None, number("-2.5"), 0, None, "NaN", "-Infinity"]),
    "exact": (
        "numeric",
        [
            number(f"{sign}1.0000000000000000000000000{last}")
            for sign in ("", "-")
            for last in (1, 2)
        ]
        + [None, 0, None],
    ),
    "bool": ("bool", [True, None, False, None, True, False, None]),
    "text": ("text", ["b", None, "", "B", None, "á", "a"]),
    "date": ("date", ["2024-01-01", None, "1969-12-31", "1970-01-01", None, "2000-01-01", None]),
    "moment": (
        "timestamptz",
        [
            f"{year}-01-01T00:00:00+00:00" if year else None
            for year in (2024, 0, 1969, 1970, 0, 1, 0)
        ],
    ),
}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("nulls_first", [False, True])
def test_nulls_stand_at_the_end_that_was_asked_for_and_later_rows_join_them(
    name: str,
    descending: bool,  # noqa: FBT001  (a parameter of the test)
    nulls_first: bool,  # noqa: FBT001
) -> None:
    type_name, some = COLUMNS[name]
    cells = [*some] * 5
    snapshot = snapshot_of({"c": cells}, {"c": type_name})
    ordering = Ordering(snapshot, [Order("c", descending, nulls_first)])
    places = ordering.sorted(snapshot.slots)
    nulls = [place for place, cell in enumerate(cells) if cell is None]
    count = len(nulls)
    found = places[:count] if nulls_first else places[len(cells) - count :]
    assert found.tolist() == nulls
    backwards = Ordering(snapshot, [Order("c", not descending, not nulls_first)])
    values = [cells[place] for place in places]
    assert (
        values[::-1] == [cells[place] for place in backwards.sorted(snapshot.slots)]
        or name == "text"
    )
    for step in (2, 3, 5):
        added = snapshot.slots[::step]
        others = np.setdiff1d(snapshot.slots, added)
        merged = ordering.merged(ordering.sorted(others), ordering.sorted(added))
        assert merged.tolist() == places.tolist()


def test_the_next_column_decides_among_nulls() -> None:
    snapshot = snapshot_of({"a": [None, 1, None, 1], "b": ["y", "d", "x", "c"]})
    ordering = Ordering(snapshot, [Order("a"), Order("b")])
    assert ordering.sorted(snapshot.slots).tolist() == [3, 1, 2, 0]
    merged = ordering.merged(np.array([3, 0]), np.array([1, 2]))
    assert merged.tolist() == [3, 1, 2, 0]


FRAMES: dict[str, tuple[Sequence[Cell], list[Any]]] = {
    "int8": ([None, 3, None], [None, 3, None]),
    "float8": ([None, number("1.5"), 2], [None, 1.5, 2.0]),
    "numeric": ([number("1.10"), None, 0], [1.1, None, 0.0]),
    "bool": ([None, False, True], [None, False, True]),
    "text": (["", None, "null"], ["", None, "null"]),
    "date": ([None, "1970-01-01", "2024-02-29"], [None, date(1970, 1, 1), date(2024, 2, 29)]),
    "timestamp": (["1970-01-01T00:00:00", None, None], [pd.Timestamp("1970-01-01"), None, None]),
}


@pytest.mark.parametrize("type_name", FRAMES)
@pytest.mark.parametrize("backend", [None, "numpy_nullable", "pyarrow"])
def test_nulls_are_missing_in_a_frame_and_nothing_else_is(
    type_name: str, backend: Literal["numpy_nullable", "pyarrow"] | None
) -> None:
    cells, expected = FRAMES[type_name]
    column = to_frame(snapshot_of({"c": cells}, {"c": type_name}), dtype_backend=backend)["c"]
    assert column.isna().tolist() == [value is None for value in expected]
    assert [
        None if gone else value for gone, value in zip(column.isna(), column, strict=True)
    ] == expected
