"""A query's answer in Arrow as a DataFrame: the dtypes of `t.df`, and no number that is another one afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.dataframes.arrow_values import (
    arrow_floats,
    numbers_series,
    plain_series,
    text_series,
)
from rtwidget.store.dataframes.pandas_cells import ColumnOptions

_MASKED: Final = {
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.uint16(): pd.UInt16Dtype(),
    pa.uint32(): pd.UInt32Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
}
_DAY_US: Final = 86_400_000_000
_INTERVAL: Final = pa.month_day_nano_interval()


def answer_frame(answer: pa.Table, whole: Sequence[bool], how: ColumnOptions) -> pd.DataFrame:
    """Return an answer with a fresh range index; names may stand in it twice.

    Args:
        answer: The answer.
        whole: For each column whether its decimals stand for integers.
        how: What is wanted.
    """
    made = [
        _series(values, name, how, whole=is_whole)
        for values, name, is_whole in zip(answer.columns, answer.column_names, whole, strict=True)
    ]
    # By numbers first, because a query's answer may name two columns alike.
    frame = pd.DataFrame(dict(enumerate(made)), index=pd.RangeIndex(answer.num_rows), copy=False)
    return frame.set_axis(pd.Index(answer.column_names), axis=1)


def _series(
    values: pa.ChunkedArray, name: str, how: ColumnOptions, *, whole: bool
) -> pd.Series[Any]:
    type_ = values.type
    # Through text, because only digits tell whether a float holds the number.
    if pa.types.is_decimal(type_) and not whole:
        return numbers_series(pc.cast(values, pa.large_string()), name, how)
    if pa.types.is_string(type_) or pa.types.is_large_string(type_):
        return text_series(values.cast(pa.large_string()), name)
    if type_ == pa.float64():
        return arrow_floats(values, name, how)
    if pa.types.is_timestamp(type_) and type_.tz is not None:
        # The same moments in the zone that `t.df` has them in.
        values = values.cast(pa.timestamp(type_.unit, "UTC"))
    plain = plain_series(values, name, how)
    return _other(values, name, whole=whole) if plain is None else plain


def _other(values: pa.ChunkedArray, name: str, *, whole: bool) -> pd.Series[Any]:
    if whole:
        return _whole(values, name)
    if values.type == _INTERVAL:
        return _intervals(values, name)
    if pa.types.is_nested(values.type):
        # As numpy arrays, whole numbers beside nulls would become floats.
        return pd.Series(values.to_pylist(), name=name, dtype="object")
    return pd.Series(_pandas(values), name=name)


def _pandas(values: pa.ChunkedArray) -> Any:  # noqa: ANN401  (whatever pandas holds)
    # Whole numbers beside nulls would become floats.
    nullable = _MASKED.get if values.null_count else None
    return pa.table([values], names=["values"]).to_pandas(types_mapper=nullable)["values"]


def _whole(values: pa.ChunkedArray, name: str) -> pd.Series[Any]:
    integers = [None if value is None else int(value) for value in values.to_pylist()]
    try:
        fit = pa.chunked_array([integers], pa.int64())
    except (OverflowError, pa.ArrowInvalid):
        return pd.Series(integers, name=name, dtype="object")
    return pd.Series(_pandas(fit), name=name)


def _intervals(values: pa.ChunkedArray, name: str) -> pd.Series[Any]:
    """Return spans of time as timedelta64, unless one has months, which have no length."""
    found = values.to_pylist()
    # A month has no length, and numpy's spans end at microseconds here as all of ours do.
    if any(one is not None and (one.months or one.nanoseconds % 1000) for one in found):
        return pd.Series(found, name=name, dtype="object")
    spans = [None if one is None else one.days * _DAY_US + one.nanoseconds // 1000 for one in found]
    return pd.Series(pa.array(spans, pa.int64()).cast(pa.duration("us")).to_pandas(), name=name)
