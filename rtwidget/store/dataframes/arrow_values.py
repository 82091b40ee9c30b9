"""Arrow's arrays as pandas Series without a Python object for each value, wherever the values allow it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from rtwidget.store.arrow import dtype_warnings
from rtwidget.store.cells.exact_numbers import as_floats
from rtwidget.store.dataframes.pandas_cells import DECIMALS, PANDAS_3, ColumnOptions, float_series

_MOST_DAYS: Final = 400_000
"""About a thousand years: the days between the first and the last date, each made an object once."""


def numbers_series(texts: pa.ChunkedArray, name: str, how: ColumnOptions) -> pd.Series[Any]:
    """Return numbers of which there is the text as floats where those are the same numbers, else as Decimals.

    Args:
        texts: The numbers.
        name: The column's name.
        how: What is wanted.
    """
    if how.numeric == "float":
        values = as_floats(texts, rounding=False)
        if values is not None:
            return arrow_floats(values, name, how)
        how.tell(name, dtype_warnings.inexact(name, DECIMALS))
    decimals = [None if text is None else Decimal(text) for text in texts.to_pylist()]
    return pd.Series(decimals, name=name, dtype="object")


def arrow_floats(values: pa.ChunkedArray, name: str, how: ColumnOptions) -> pd.Series[Any]:
    """Return Arrow's floats as a Series.

    Args:
        values: The floats.
        name: The column's name.
        how: What is wanted.
    """
    nulls = _nulls(values) if how.nullable else ()
    return float_series(name, _numpy(values, "float64"), nulls, nullable=how.nullable)


def plain_series(values: pa.ChunkedArray, name: str, how: ColumnOptions) -> pd.Series[Any] | None:
    """Return Arrow's integers, truth values, days or moments as a Series, or None for values of another type.

    Args:
        values: The values.
        name: The column's name.
        how: What is wanted.
    """
    make = _MAKERS.get(values.type)
    return None if make is None else pd.Series(make(values, how), name=name, copy=False)


def text_series(values: pa.ChunkedArray, name: str) -> pd.Series[Any]:
    """Return Arrow's texts as a Series."""
    if not PANDAS_3:
        return pd.Series(values.to_numpy(zero_copy_only=False), name=name, dtype="object")
    dtype: Any = pd.StringDtype(storage="pyarrow", na_value=np.nan)
    return pd.Series(dtype.__from_arrow__(values), name=name, copy=False)


def _numpy(values: pa.ChunkedArray, dtype: str) -> npt.NDArray[Any]:
    """Return values as an array of its own, which pandas may write to."""
    pieces = [np.asarray(chunk.to_numpy(zero_copy_only=False), dtype) for chunk in values.chunks]
    return np.concatenate(pieces) if pieces else np.empty(0, dtype)


def _nulls(values: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    return _numpy(values.is_null(), "bool")


def _int(values: pa.ChunkedArray, how: ColumnOptions) -> Any:  # noqa: ANN401  (a numpy or an extension array)
    if not (values.null_count or how.nullable):
        return _numpy(values, "int64")
    # The zeros stand behind the mask, where nobody sees them.
    return pd.arrays.IntegerArray(_numpy(values.fill_null(0), "int64"), _nulls(values))


def _bool(values: pa.ChunkedArray, how: ColumnOptions) -> Any:  # noqa: ANN401
    if not (values.null_count or how.nullable):
        return _numpy(values, "bool")
    return pd.arrays.BooleanArray(_numpy(values.fill_null(False), "bool"), _nulls(values))  # noqa: FBT003


def _date(values: pa.ChunkedArray, _how: ColumnOptions) -> Any:  # noqa: ANN401
    days = _numpy(values.cast(pa.int32()).fill_null(0), "int64")
    absent = _nulls(values)
    least, most = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    if most - least > _MOST_DAYS:
        return _numpy(values, "object")
    # Many rows share few days, so each day becomes an object once.
    every = np.arange(least, most + 1).astype("datetime64[D]").astype(object)
    dates: npt.NDArray[Any] = every[days - least]
    dates[absent] = None
    return dates


def _timestamp(values: pa.ChunkedArray, _how: ColumnOptions) -> Any:  # noqa: ANN401
    return _numpy(values, "datetime64[us]")


def _timestamptz(values: pa.ChunkedArray, how: ColumnOptions) -> Any:  # noqa: ANN401
    return pd.DatetimeIndex(_timestamp(values, how), copy=False).tz_localize("UTC").array


_MAKERS: Final[MappingProxyType[pa.DataType, Callable[[pa.ChunkedArray, ColumnOptions], Any]]] = (
    MappingProxyType(
        {
            pa.int64(): _int,
            pa.bool_(): _bool,
            pa.date32(): _date,
            pa.timestamp("us"): _timestamp,
            pa.timestamp("us", "UTC"): _timestamptz,
        }
    )
)
