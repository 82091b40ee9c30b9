"""What the makers of Series share: the name, the fresh index, and what is told of a column."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.pandas_cells import (
    PANDAS_3,
    TEXT_DTYPE,
    ColumnCells,
    ColumnOptions,
    float_series,
)

VALUES = np.array([1.5, float("nan"), float("nan")])


def test_a_column_makes_series_of_its_name_and_tells_by_it() -> None:
    told: list[tuple[str, str]] = []
    how = ColumnOptions(tell=lambda name, said: told.append((name, said)))
    of = ColumnCells("price", Kind.INT, "int8", [1], how)
    found = of.series([1, 2], "int64")
    assert (found.name, str(found.dtype)) == ("price", "int64")
    assert found.index.equals(pd.RangeIndex(2))
    of.say("It is odd.")
    assert told == [("price", "It is odd.")]


def test_null_is_apart_from_nan_only_in_nullable_floats() -> None:
    nulls = [False, False, True]
    plain = float_series("c", VALUES, nulls, nullable=False)
    assert (str(plain.dtype), plain.isna().tolist()) == ("float64", [False, True, True])
    nullable = float_series("c", VALUES, nulls, nullable=True)
    assert (str(nullable.dtype), nullable.isna().tolist()) == ("Float64", nulls)
    assert (plain.name, nullable.name) == ("c", "c")


def test_text_has_the_dtype_that_pandas_itself_gives_it() -> None:
    assert str(pd.Series(["a"]).dtype) == TEXT_DTYPE
    assert (TEXT_DTYPE == "str") is PANDAS_3
