"""One column of a snapshot as a pandas Series without a Python object for each row, wherever its values allow it."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from rtwidget.store.arrow_table import picked
from rtwidget.store.encoding import Encoding
from rtwidget.store.kinds import Kind
from rtwidget.store.pandas_columns import PANDAS_3, NumericAs
from rtwidget.store.snapshot import Slots, Snapshot
from rtwidget.store.typed import column

_TEXTS: Final = frozenset({Kind.TEXT, Kind.UUID, Kind.TIME})
_DOCUMENTS: Final = frozenset({Kind.JSON, Kind.ARRAY})
_MOST_DAYS: Final = 400_000
"""About a thousand years: the days between the first and the last date, each made an object once."""


def arrow_series(
    snapshot: Snapshot, position: int, numeric: NumericAs, order: Slots | None
) -> pd.Series[Any] | None:
    """Return a column as a Series, or None where its values have to be looked at one by one.

    Args:
        snapshot: The rows.
        position: The column.
        numeric: Whether numbers with a fraction become float64.
        order: The slots of the rows in their order; None for the snapshot's own.
    """
    kind, about = snapshot.kinds[position], snapshot.schema.columns[position]
    if kind in _TEXTS or kind in _DOCUMENTS:
        wanted = Encoding.TEXT if kind in _TEXTS else Encoding.DOCUMENT
        columns = [part.chunk.columns[position] for part in snapshot.parts]
        objects = kind is Kind.ARRAY and about.type is not None
        if objects or any(stored.encoding is not wanted for stored in columns):
            return None
        values = pa.chunked_array([stored.array for stored in columns], pa.string())
        return _text(picked(values, snapshot, order), about.name)
    if kind is Kind.NUMERIC and numeric != "float":
        return None
    to, make = _MAKERS[kind]
    values = column(snapshot, position, (to,))
    if values.type != to:
        return None
    return pd.Series(make(picked(values, snapshot, order)), name=about.name, copy=False)


def _text(values: pa.ChunkedArray, name: str) -> pd.Series[Any]:
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


def _int(values: pa.ChunkedArray) -> Any:  # noqa: ANN401  (a numpy or an extension array)
    if not values.null_count:
        return _numpy(values, "int64")
    return pd.arrays.IntegerArray(_numpy(values.fill_null(0), "int64"), _nulls(values))


def _float(values: pa.ChunkedArray) -> Any:  # noqa: ANN401
    return _numpy(values, "float64")


def _bool(values: pa.ChunkedArray) -> Any:  # noqa: ANN401
    if not values.null_count:
        return _numpy(values, "bool")
    return pd.arrays.BooleanArray(_numpy(values.fill_null(False), "bool"), _nulls(values))  # noqa: FBT003


def _date(values: pa.ChunkedArray) -> Any:  # noqa: ANN401
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


def _timestamp(values: pa.ChunkedArray) -> Any:  # noqa: ANN401
    return _numpy(values, "datetime64[us]")


def _timestamptz(values: pa.ChunkedArray) -> Any:  # noqa: ANN401
    return pd.DatetimeIndex(_timestamp(values), copy=False).tz_localize("UTC").array


_MAKERS: Final[MappingProxyType[Kind, tuple[pa.DataType, Callable[[pa.ChunkedArray], Any]]]] = (
    MappingProxyType(
        {
            Kind.INT: (pa.int64(), _int),
            Kind.FLOAT: (pa.float64(), _float),
            Kind.NUMERIC: (pa.float64(), _float),
            Kind.BOOL: (pa.bool_(), _bool),
            Kind.DATE: (pa.date32(), _date),
            Kind.TIMESTAMP: (pa.timestamp("us"), _timestamp),
            Kind.TIMESTAMPTZ: (pa.timestamp("us", "UTC"), _timestamptz),
        }
    )
)
