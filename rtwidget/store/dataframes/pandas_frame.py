"""A snapshot as a pandas DataFrame, indexed by the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from rtwidget.errors import ArgumentError
from rtwidget.store.arrow.arrow_table import to_arrow
from rtwidget.store.arrow.dtype_warnings import Tell, warn
from rtwidget.store.dataframes.arrow_series import arrow_series
from rtwidget.store.dataframes.index_values import as_tuple
from rtwidget.store.dataframes.pandas_cells import (
    PANDAS_3,
    TEXT_DTYPE,
    ColumnCells,
    ColumnOptions,
    NumericAs,
)
from rtwidget.store.dataframes.pandas_columns import series
from rtwidget.store.order.ordering import Order, sorted_slots
from rtwidget.store.snapshot import Slots, Snapshot

DtypeBackend = Literal["pyarrow", "numpy_nullable"]


def to_frame(
    snapshot: Snapshot,
    numeric: NumericAs = "float",
    dtype_backend: DtypeBackend | None = None,
    orders: Sequence[Order] = (),
    tell: Tell = warn,
) -> pd.DataFrame:
    """Return a snapshot's rows as a new DataFrame.

    Args:
        snapshot: The rows.
        numeric: What numbers with a fraction become: float64 where that holds all of them, or objects of type Decimal.
        dtype_backend: As in pandas' own readers; None for numpy dtypes.
        orders: The columns to sort by; none for the snapshot's own order.
        tell: Told of each column that the dtype of its kind cannot hold, and that comes in another one.

    Raises:
        ArgumentError: When there is no such backend here.

    Returns:
        One row for each row; the index is the key, a MultiIndex when it has several columns.
    """
    if dtype_backend is not None:
        _demand_backend(dtype_backend)
    if dtype_backend == "pyarrow":
        table = to_arrow(snapshot, numeric, orders, tell)
        return _indexed(table.to_pandas(types_mapper=pd.ArrowDtype), snapshot.schema.key)
    order = sorted_slots(snapshot, orders) if orders else None
    how = ColumnOptions(numeric, nullable=dtype_backend is not None, tell=tell)
    return ordered_frame(snapshot, how, order)


def ordered_frame(snapshot: Snapshot, how: ColumnOptions, order: Slots | None) -> pd.DataFrame:
    """Return a snapshot's rows as a DataFrame, indexed by the key.

    Args:
        snapshot: The rows.
        how: What is wanted of every column.
        order: The slots of the rows in their order; None for the snapshot's own.
    """
    made = {
        column.name: series_of(snapshot, position, how, order)
        for position, column in enumerate(snapshot.schema.columns)
    }
    return _indexed(pd.DataFrame(made, copy=False), snapshot.schema.key)


def series_of(
    snapshot: Snapshot, position: int, how: ColumnOptions, order: Slots | None
) -> pd.Series[Any]:
    """Return a column of a snapshot's rows as a Series with a fresh range index; arguments as of `ordered_frame`."""
    # Whole arrays where possible: a Python object for each cell costs most of a frame's time.
    found = arrow_series(snapshot, position, how, order)
    if found is None:
        column, kind = snapshot.schema.columns[position], snapshot.kinds[position]
        cells = snapshot.column(position, order)
        found = series(ColumnCells(column.name, kind, column.type, cells, how))
    # `convert_dtypes` would make integers of floats that happen to be whole, and floats of great integers.
    return found.astype("string") if how.nullable and _is_text(found) else found


def _is_text(found: pd.Series[Any]) -> bool:
    if found.dtype == TEXT_DTYPE and PANDAS_3:
        return True
    # pandas 2 keeps text as objects, of which only a look at them tells.
    return found.dtype == "object" and pd.api.types.infer_dtype(found, skipna=True) == "string"


def _demand_backend(dtype_backend: DtypeBackend) -> None:
    if dtype_backend not in ("pyarrow", "numpy_nullable"):
        raise ArgumentError(
            f"dtype_backend is {dtype_backend!r}.", 'Pass "pyarrow", "numpy_nullable" or None.'
        )


def _indexed(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    if not set(key) <= set(frame.columns):
        # Before the first row of an empty table, not even the names of the columns are known.
        empty: list[Any] = [[] for _ in key]
        index = pd.MultiIndex.from_arrays(empty, names=list(key)) if len(key) > 1 else None
        return frame.set_index(index if index is not None else pd.Index([], name=key[0]))
    if len(key) == 1:
        return frame.set_index(key[0])
    # The levels of a MultiIndex are hashed, and a list cannot be.
    hashable = {name: frame[name].map(as_tuple) for name in key if _has_lists(frame[name])}
    return frame.assign(**hashable).set_index(list(key)) if hashable else frame.set_index(list(key))


def _has_lists(column: pd.Series[Any]) -> bool:
    return column.dtype == "object" and any(isinstance(one, list) for one in column)


def shared(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a DataFrame that the caller may change without changing the original.

    Under pandas 3 it shares memory until then (copy-on-write); under pandas 2 it is a copy.
    """
    return frame.copy(deep=not PANDAS_3)
