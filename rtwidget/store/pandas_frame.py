"""A snapshot as a pandas DataFrame, indexed by the key."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Literal

import pandas as pd

from rtwidget.errors import ArgumentError
from rtwidget.store.pandas_columns import PANDAS_3, NumericAs, series
from rtwidget.store.snapshot import Snapshot

DtypeBackend = Literal["pyarrow", "numpy_nullable"]


def to_frame(
    snapshot: Snapshot, numeric: NumericAs = "float", dtype_backend: DtypeBackend | None = None
) -> pd.DataFrame:
    """Return a snapshot's rows as a new DataFrame.

    Args:
        snapshot: The rows.
        numeric: What numbers with a fraction become: float64, or objects of type Decimal.
        dtype_backend: As in pandas' own readers; None for numpy dtypes.

    Raises:
        ArgumentError: When there is no such backend here.

    Returns:
        One row for each row, in the snapshot's order; the index is the key, a MultiIndex when it has several columns.
    """
    made = {
        column.name: series(column.name, kind, column.type, snapshot.column(position), numeric)
        for position, (column, kind) in enumerate(
            zip(snapshot.schema.columns, snapshot.kinds, strict=True)
        )
    }
    frame = pd.DataFrame(made)
    if dtype_backend is not None:
        _demand_backend(dtype_backend)
        frame = frame.convert_dtypes(dtype_backend=dtype_backend)
    return _indexed(frame, snapshot.schema.key)


def _demand_backend(dtype_backend: DtypeBackend) -> None:
    if dtype_backend not in ("pyarrow", "numpy_nullable"):
        raise ArgumentError(
            f"dtype_backend is {dtype_backend!r}.", 'Pass "pyarrow", "numpy_nullable" or None.'
        )
    if dtype_backend == "pyarrow" and find_spec("pyarrow") is None:
        raise ArgumentError(
            'dtype_backend="pyarrow" needs pyarrow, which is not installed.',
            "`pip install pyarrow`.",
        )


def _indexed(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    if not set(key) <= set(frame.columns):
        # Before the first row of an empty table, not even the names of the columns are known.
        empty: list[Any] = [[] for _ in key]
        index = pd.MultiIndex.from_arrays(empty, names=list(key)) if len(key) > 1 else None
        return frame.set_index(index if index is not None else pd.Index([], name=key[0]))
    return frame.set_index(list(key))


def shared(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a DataFrame that the caller may change without changing the original.

    Under pandas 3 it shares memory until then (copy-on-write); under pandas 2 it is a copy.
    """
    return frame.copy(deep=not PANDAS_3)
