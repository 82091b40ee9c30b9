"""Which columns come without a look at each cell, and which have to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.dataframes.arrow_series import arrow_series
from rtwidget.store.dataframes.pandas_cells import TEXT_DTYPE, ColumnOptions, NumericAs
from tests.unit.store.snapshots import json_text, number, snapshot_of


def column(
    cells: Sequence[Cell],
    type_name: str | None = None,
    numeric: NumericAs = "float",
    order: Sequence[int] | None = None,
) -> pd.Series[Any] | None:
    snapshot = snapshot_of({"c": cells}, {"c": type_name} if type_name else None)
    slots = None if order is None else np.array(order)
    return arrow_series(snapshot, 1, ColumnOptions(numeric), slots)


@pytest.mark.parametrize(
    ("cells", "type_name", "dtype"),
    [
        ([1, 2], "int8", "int64"),
        ([1, None], "int8", "Int64"),
        (["12", "7"], "int8", "int64"),
        ([True, None], "bool", "boolean"),
        ([number("1.50"), 2, "NaN"], "numeric", "float64"),
        (["a", None], "text", TEXT_DTYPE),
        ([json_text("[1]"), None], None, TEXT_DTYPE),
        (["2024-02-29"], "date", "object"),
        (["2024-02-29T10:00:00"], "timestamp", "datetime64[us]"),
        (["2024-02-29T10:00:00+02:00"], "timestamptz", "datetime64[us, UTC]"),
    ],
)
def test_a_column_whose_values_fit_its_kind_comes_whole(
    cells: list[Cell], type_name: str | None, dtype: str
) -> None:
    found = column(cells, type_name)
    assert found is not None
    assert (str(found.dtype), found.name, len(found)) == (dtype, "c", len(cells))


@pytest.mark.parametrize(
    ("cells", "type_name"),
    [
        ([2**63], "int8"),
        (["x", True], "bool"),
        (["infinity"], "date"),
        (["a", 1], "text"),
        ([number("1e400")], "float8"),
        (["x", 1], "numeric"),
        # Arrays of a known type become lists.
        ([json_text("[1]")], "_int8"),
    ],
)
def test_one_odd_value_has_all_of_them_looked_at(cells: list[Cell], type_name: str) -> None:
    assert column(cells, type_name) is None


def test_decimals_are_exact_and_a_declared_float_is_none() -> None:
    exact = column([number("1.10"), None], "numeric", "decimal")
    assert exact is not None
    assert exact.tolist() == [Decimal("1.10"), None]
    declared = column([number("1.5")], "float8", "decimal")
    assert declared is not None
    assert str(declared.dtype) == "float64"


@pytest.mark.parametrize(
    ("cells", "type_name"),
    [(["a", "b", "c"], "text"), ([0, 1, 2], "int8"), ([number("0.5"), 1, 2], "numeric")],
)
def test_an_order_is_kept_and_may_leave_rows_out(cells: list[Cell], type_name: str) -> None:
    found, whole = column(cells, type_name, order=[2, 0]), column(cells, type_name)
    assert found is not None
    assert whole is not None
    assert found.tolist() == [whole.tolist()[2], whole.tolist()[0]]
    assert found.index.equals(pd.RangeIndex(2))
