"""Which dtype a column gets, and what becomes of values that pandas cannot hold."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from rtwidget.errors import ColumnTypeWarning
from rtwidget.replica.keys import Cell
from rtwidget.store.dataframes.pandas_cells import TEXT_DTYPE, NumericAs
from rtwidget.store.dataframes.pandas_frame import to_frame
from tests.unit.store.snapshots import json_text, number, snapshot_of


def column(
    cells: Sequence[Cell], type_name: str | None = None, numeric: NumericAs = "float"
) -> pd.Series[Any]:
    snapshot = snapshot_of({"c": cells}, {"c": type_name} if type_name else None)
    found: pd.Series[Any] = to_frame(snapshot, numeric)["c"]
    return found


def values(series: pd.Series[Any]) -> list[Any]:
    return [None if value is pd.NA or value is pd.NaT else value for value in series.tolist()]


@pytest.mark.parametrize(
    ("cells", "dtype", "expected"),
    [
        ([1, 2**53 + 1], "int64", [1, 2**53 + 1]),
        ([2**63 - 1, None], "Int64", [2**63 - 1, None]),
        ([2**63, None, -1], "object", [2**63, None, -1]),
        ([True, False], "bool", [True, False]),
        ([True, None], "boolean", [True, None]),
        (["a", ""], TEXT_DTYPE, ["a", ""]),
        ([json_text('{"a": 1.50}'), None], TEXT_DTYPE, ['{"a": 1.50}', None]),
        (
            [json_text("[1]"), json_text("{}"), True, 5, "x"],
            TEXT_DTYPE,
            ["[1]", "{}", "true", "5", '"x"'],
        ),
    ],
)
def test_inferred_columns(cells: list[Cell], dtype: str, expected: list[Any]) -> None:
    found = column(cells)
    assert str(found.dtype) == dtype
    assert [None if value != value else value for value in values(found)] == expected  # noqa: PLR0124


def test_fractions_are_floats_unless_exact_ones_are_asked_for() -> None:
    cells: list[Cell] = [number("1.10"), 3, None, "NaN", "-Infinity"]
    as_floats = column(cells)
    assert str(as_floats.dtype) == "float64"
    assert as_floats.tolist()[:2] == [1.1, 3.0]
    assert as_floats.isna().tolist() == [False, False, True, True, False]
    exact = column(cells, numeric="decimal").tolist()
    assert exact[:3] == [Decimal("1.10"), Decimal(3), None]
    assert str(exact[0]) == "1.10"
    assert exact[3].is_nan()
    assert exact[4] == Decimal("-Infinity")


def test_a_declared_float_stays_float_when_decimals_are_asked_for() -> None:
    assert str(column([number("1.5"), 2], "float8", "decimal").dtype) == "float64"


def test_declared_arrays_become_lists_and_inferred_ones_stay_text() -> None:
    cells = [json_text('["a", null, "b,c"]'), None]
    assert column(cells, "_text").tolist() == [["a", None, "b,c"], None]
    assert column(cells).tolist()[0] == '["a", null, "b,c"]'
    exact = column([json_text("[1.10]")], "_numeric", "decimal").tolist()[0]
    assert str(exact[0]) == "1.10"


def test_dates_are_dates_and_a_date_before_christ_is_kept_with_one_warning() -> None:
    assert column(["2024-02-29", None]).tolist() == [date(2024, 2, 29), None]
    with pytest.warns(UserWarning, match="0044-03-15 BC") as caught:
        kept = column(["2024-02-29", "0044-03-15 BC", "infinity"], "date")
    assert len(caught) == 1
    assert str(kept.dtype) == "object"
    assert kept.tolist() == [date(2024, 2, 29), "0044-03-15 BC", "infinity"]


def test_timestamps_keep_microseconds_and_far_years() -> None:
    found = column(["2024-02-29T10:00:00.000001", "9999-12-31T23:59:59.999999", None])
    assert str(found.dtype) == "datetime64[us]"
    assert found[0] == pd.Timestamp("2024-02-29T10:00:00.000001")
    assert found[1].year == 9999
    assert found[2] is pd.NaT


def test_timestamps_with_zone_are_utc() -> None:
    found = column(["2024-02-29T10:00:00+00:00", "2024-02-29T10:00:00.5+05:30", None])
    assert str(found.dtype) == "datetime64[us, UTC]"
    assert found[1] == pd.Timestamp("2024-02-29T04:30:00.5Z")


@pytest.mark.parametrize("type_name", ["timestamp", "timestamptz"])
def test_an_infinite_timestamp_makes_the_column_object_with_one_warning(type_name: str) -> None:
    with pytest.warns(UserWarning, match="infinity") as caught:
        found = column(["2024-02-29T10:00:00", "infinity", "-infinity", None], type_name)
    assert len(caught) == 1
    assert str(found.dtype) == "object"
    assert found.tolist()[1:] == ["infinity", "-infinity", None]


def test_ordinary_values_warn_of_nothing() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        column(["2024-02-29T10:00:00+00:00", None])
        column(["2024-02-29", None])
        column([1, None])
    assert caught == []


def test_times_intervals_and_uuids_are_text() -> None:
    for cell, type_name in [("10:00:00", "time"), ("1 day", "interval"), ("x", "an_enum")]:
        found = column([cell, None], type_name)
        assert str(found.dtype) == TEXT_DTYPE
        assert found.tolist()[0] == cell


@pytest.mark.parametrize(
    ("cells", "type_name", "expected"),
    [
        (["12.50", "7"], "int8", [12.5, 7.0]),
        ([True, 1], "bool", [True, 1]),
        ([number("1.5"), "abc"], "float8", [1.5, "abc"]),
        (["2024-01-01T00:00:00", "now"], "timestamp", [pd.Timestamp("2024-01-01"), "now"]),
        ([json_text("[1]"), "{3,4}"], "_int8", [[1], "{3,4}"]),
        ([number("1e400"), 1], "float8", [Decimal("1e400"), Decimal(1)]),
        ([json_text("[1e400, 0.1]")], "_numeric", [[Decimal("1e400"), Decimal("0.1")]]),
        ([number("1.5"), "NaN", "x", json_text("{}")], "text", [1.5, "NaN", "x", "{}"]),
        (["294276-12-31T23:59:59.999999"], "timestamp", ["294276-12-31T23:59:59.999999"]),
    ],
)
def test_what_a_named_type_cannot_hold_is_told_once_and_kept(
    cells: list[Cell], type_name: str, expected: list[Any]
) -> None:
    with pytest.warns(ColumnTypeWarning, match="'c'") as caught:
        found = column(cells, type_name)
    assert len(caught) == 1
    assert str(found.dtype) == "object"
    assert found.tolist() == expected


def test_numbers_that_a_server_writes_as_text_are_numbers_where_the_type_says_so() -> None:
    assert column(["9007199254740993", 1, None], "int8").tolist()[:2] == [9007199254740993, 1]
    assert column(["12.50", number("1.5"), 3], "numeric").tolist() == [12.5, 1.5, 3.0]
