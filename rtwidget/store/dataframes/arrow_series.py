"""One column of a snapshot as a pandas Series without a Python object for each row, wherever its values allow it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from rtwidget.store.cells.exact_numbers import NUMBERS
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding
from rtwidget.store.dataframes.arrow_values import (
    arrow_floats,
    numbers_series,
    plain_series,
    text_series,
)
from rtwidget.store.dataframes.pandas_cells import ColumnOptions
from rtwidget.store.order.column_values import (
    float_column,
    present_values,
    typed_column,
    written_texts,
)
from rtwidget.store.snapshot import Slots, Snapshot

_TEXTS: Final = frozenset({Kind.TEXT, Kind.UUID, Kind.TIME})
_DOCUMENTS: Final = frozenset({Kind.JSON, Kind.ARRAY})
_TYPES: Final[MappingProxyType[Kind, pa.DataType]] = MappingProxyType(
    {
        Kind.INT: pa.int64(),
        Kind.BOOL: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.TIMESTAMP: pa.timestamp("us"),
        Kind.TIMESTAMPTZ: pa.timestamp("us", "UTC"),
    }
)


def arrow_series(
    snapshot: Snapshot, position: int, how: ColumnOptions, order: Slots | None
) -> pd.Series[Any] | None:
    """Return a column as a Series, or None where its values have to be looked at one by one.

    Args:
        snapshot: The rows.
        position: The column.
        how: What is wanted.
        order: The slots of the rows in their order; None for the snapshot's own.
    """
    kind, name = snapshot.kinds[position], snapshot.schema.columns[position].name
    if kind in _TEXTS or kind in _DOCUMENTS:
        return _texts(snapshot, position, order)
    if kind in (Kind.FLOAT, Kind.NUMERIC):
        return _numbers(snapshot, position, how, order)
    values = typed_column(snapshot, position, (_TYPES[kind],))
    # Some value does not fit its kind: what becomes of it is decided cell by cell.
    if values.type != _TYPES[kind]:
        return None
    return plain_series(present_values(values, snapshot, order), name, how)


def _texts(snapshot: Snapshot, position: int, order: Slots | None) -> pd.Series[Any] | None:
    kind, about = snapshot.kinds[position], snapshot.schema.columns[position]
    # Arrays of a known type become lists, which Arrow's text is not.
    if kind is Kind.ARRAY and about.type is not None:
        return None
    columns = [part.chunk.columns[position] for part in snapshot.parts]
    wanted = Encoding.TEXT if kind in _TEXTS else Encoding.DOCUMENT
    if any(stored.encoding is not wanted for stored in columns):
        return None
    values = pa.chunked_array([stored.array for stored in columns], pa.string())
    return text_series(present_values(values, snapshot, order), about.name)


def _numbers(
    snapshot: Snapshot, position: int, how: ColumnOptions, order: Slots | None
) -> pd.Series[Any] | None:
    kind, name = snapshot.kinds[position], snapshot.schema.columns[position].name
    if kind is Kind.FLOAT or how.numeric == "float":
        found = float_column(snapshot, position, rounding=kind is Kind.FLOAT)
        if found is not None:
            return arrow_floats(present_values(found, snapshot, order), name, how)
    encodings = {part.chunk.columns[position].encoding for part in snapshot.parts}
    if kind is Kind.FLOAT or not encodings <= NUMBERS:
        return None
    return numbers_series(written_texts(snapshot, position, order), name, how)
