"""The answer of a query as a DataFrame: no number becomes another one, and no dtype depends on luck."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from rtwidget.store.dataframes.arrow_answer import answer_frame
from rtwidget.store.dataframes.pandas_cells import TEXT_DTYPE, ColumnOptions

INTERVAL = pa.month_day_nano_interval()
DECIMAL = pa.decimal128(38, 2)


def column(
    values: list[Any],
    type_: pa.DataType,
    how: ColumnOptions | None = None,
    *,
    whole: bool = False,
) -> pd.Series[Any]:
    answer = pa.table([pa.array(values, type_)], names=["c"])
    found: pd.Series[Any] = answer_frame(answer, [whole], how or ColumnOptions())["c"]
    return found


def shown(series: pd.Series[Any]) -> list[Any]:
    return [value if isinstance(value, list) or pd.notna(value) else None for value in series]


@pytest.mark.parametrize(
    ("values", "type_", "dtype"),
    [
        ([1, 2**53 + 1], pa.int64(), "int64"),
        ([1, None, 2**53 + 1], pa.int64(), "Int64"),
        ([1, 255], pa.uint8(), "uint8"),
        ([1, None], pa.int16(), "Int16"),
        ([2**64 - 1, None], pa.uint64(), "UInt64"),
        ([True, None], pa.bool_(), "boolean"),
        ([1.5, None], pa.float64(), "float64"),
        (["a", None], pa.string(), TEXT_DTYPE),
        ([date(2024, 2, 29), None], pa.date32(), "object"),
        ([[1, None], None], pa.list_(pa.int64()), "object"),
    ],
)
def test_values_come_as_they_were_also_beside_nulls(
    values: list[Any], type_: pa.DataType, dtype: str
) -> None:
    found = column(values, type_)
    assert str(found.dtype) == dtype
    assert shown(found) == values


def test_moments_come_in_utc() -> None:
    found = column([pd.Timestamp("2024-02-29T10:00", tz="Asia/Kolkata")], pa.timestamp("us", "UTC"))
    here = column([found[0]], pa.timestamp("us", "Asia/Kolkata"))
    for one in (found, here):
        assert str(one.dtype) == "datetime64[us, UTC]"
        assert one[0] == pd.Timestamp("2024-02-29T04:30Z")


def test_decimals_are_floats_only_where_those_are_the_same_numbers() -> None:
    assert str(column([Decimal("1.50"), None], DECIMAL).dtype) == "float64"
    told: list[str] = []
    how = ColumnOptions(tell=lambda name, _said: told.append(name))
    exact = Decimal("12345678901234567.01")
    assert column([exact, None], DECIMAL, how).tolist() == [exact, None]
    assert told == ["c"]


def test_decimals_that_stand_for_integers_are_integers_of_any_size() -> None:
    to = pa.decimal128(38, 0)
    small = column([Decimal(7), None], to, whole=True)
    assert (str(small.dtype), shown(small)) == ("Int64", [7, None])
    great = column([Decimal(2**63), Decimal(1)], to, whole=True)
    assert (str(great.dtype), great.tolist()) == ("object", [2**63, 1])


def test_spans_of_time_are_timedeltas_unless_they_have_months_or_nanoseconds() -> None:
    span = column([(0, 1, 1_000), None], INTERVAL)
    assert str(span.dtype) == "timedelta64[us]"
    assert span[0] == timedelta(days=1, microseconds=1)
    for odd in ((1, 0, 0), (0, 0, 1)):
        assert str(column([odd], INTERVAL).dtype) == "object"


def test_two_columns_may_have_one_name() -> None:
    answer = pa.table([pa.array([1, 2]), pa.array(["a", "b"])], names=["c", "c"])
    frame = answer_frame(answer, [False, False], ColumnOptions())
    assert frame.columns.tolist() == ["c", "c"]
    assert frame.iloc[1].tolist() == [2, "b"]
    assert frame.index.equals(pd.RangeIndex(2))
