"""Arrow's arrays as Series that pandas may write to, with their nulls where they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from rtwidget.store.dataframes import arrow_values
from rtwidget.store.dataframes.arrow_values import (
    arrow_floats,
    numbers_series,
    plain_series,
    text_series,
)
from rtwidget.store.dataframes.pandas_cells import TEXT_DTYPE, ColumnOptions

PLAIN, NULLABLE = ColumnOptions(), ColumnOptions(nullable=True)


def plain(values: list[Any], type_: pa.DataType, how: ColumnOptions = PLAIN) -> pd.Series[Any]:
    # In two chunks, as the rows of two segments come.
    found = plain_series(pa.chunked_array([values[:1], values[1:]], type_), "c", how)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "type_", "how", "dtype"),
    [
        ([1, 2**53 + 1], pa.int64(), PLAIN, "int64"),
        ([1, None, 2**53 + 1], pa.int64(), PLAIN, "Int64"),
        ([1, 2], pa.int64(), NULLABLE, "Int64"),
        ([True, False], pa.bool_(), PLAIN, "bool"),
        ([None, True, False], pa.bool_(), PLAIN, "boolean"),
        ([True], pa.bool_(), NULLABLE, "boolean"),
        ([], pa.int64(), PLAIN, "int64"),
    ],
)
def test_integers_and_truth_values_become_neither_floats_nor_objects(
    values: list[Any], type_: pa.DataType, how: ColumnOptions, dtype: str
) -> None:
    found = plain(values, type_, how)
    assert str(found.dtype) == dtype
    assert [None if one is pd.NA else one for one in found.tolist()] == values


def test_a_series_is_its_own_to_be_written_to() -> None:
    values = pa.chunked_array([[1, 2]], pa.int64())
    found = plain_series(values, "c", PLAIN)
    assert found is not None
    found[0] = 9
    assert values.to_pylist() == [1, 2]


@pytest.mark.parametrize("most_days", [arrow_values._MOST_DAYS, 0])
def test_days_are_dates_however_far_apart(most_days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow_values, "_MOST_DAYS", most_days)
    days = [date(1969, 12, 31), None, date(2024, 2, 29), date(1969, 12, 31)]
    assert plain(days, pa.date32()).tolist() == days
    assert plain([date.min, date.max], pa.date32()).tolist() == [date.min, date.max]
    assert plain([None], pa.date32()).tolist() == [None]
    assert plain([], pa.date32()).tolist() == []


def test_what_has_no_plain_dtype_is_left_to_others() -> None:
    for other in (pa.int32(), pa.timestamp("ns"), pa.timestamp("us", "Asia/Tokyo"), pa.float64()):
        assert plain_series(pa.chunked_array([], other), "c", PLAIN) is None


def test_in_a_nullable_column_nan_is_a_value_and_null_is_none() -> None:
    values = pa.chunked_array([[1.5, float("nan"), None]], pa.float64())
    assert arrow_floats(values, "c", PLAIN).isna().tolist() == [False, True, True]
    assert arrow_floats(values, "c", NULLABLE).isna().tolist() == [False, False, True]


def test_numbers_that_floats_would_change_are_decimals_and_that_is_told() -> None:
    told: list[str] = []
    how = ColumnOptions(tell=lambda _name, said: told.append(said))
    exact = pa.chunked_array([["9007199254740993", None]], pa.large_string())
    assert numbers_series(exact, "c", how).tolist() == [Decimal(9007199254740993), None]
    assert len(told) == 1
    assert "float64 would change" in told[0]
    fit = pa.chunked_array([["1.50", None]], pa.large_string())
    assert str(numbers_series(fit, "c", how).dtype) == "float64"
    decimals = numbers_series(fit, "c", ColumnOptions("decimal", tell=how.tell)).tolist()
    assert str(decimals[0]) == "1.50"
    assert len(told) == 1


def test_texts_have_the_dtype_of_text_and_their_nulls() -> None:
    found = text_series(pa.chunked_array([["a"], [None, ""]], pa.string()), "c")
    assert str(found.dtype) == TEXT_DTYPE
    assert found.isna().tolist() == [False, True, False]
