"""A snapshot as an Arrow table: exact types where all values fit, else their text, with the kind beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.kinds import Kind
from rtwidget.store.ordering import Order, sorted_slots
from rtwidget.store.snapshot import Slots, Snapshot
from rtwidget.store.typed import TEXT, column

KIND: Final = b"rtwidget.kind"
"""The metadata of a field that holds text of something else: numbers, JSON, moments out of range."""
_DIGITS: Final = 38
_TYPES: Final[MappingProxyType[Kind, pa.DataType]] = MappingProxyType(
    {
        Kind.INT: pa.int64(),
        Kind.FLOAT: pa.float64(),
        Kind.BOOL: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.TIMESTAMP: pa.timestamp("us"),
        Kind.TIMESTAMPTZ: pa.timestamp("us", "UTC"),
    }
)


def to_arrow(
    snapshot: Snapshot,
    numeric: Literal["float", "decimal"] = "decimal",
    orders: Sequence[Order] = (),
) -> pa.Table:
    """Return a snapshot's rows as a table (any thread); columns that are kept in its types share their memory.

    Args:
        snapshot: The rows.
        numeric: Whether numbers with a fraction of a type that is not float become decimal128 or float64.
        orders: The columns to sort by; none for the snapshot's own order.
    """
    order = sorted_slots(snapshot, orders) if orders else None
    fields, arrays = [], []
    for position, (about, kind) in enumerate(
        zip(snapshot.schema.columns, snapshot.kinds, strict=True)
    ):
        array = picked(_column(snapshot, position, kind, numeric), snapshot, order)
        plain = array.type != TEXT or kind in (Kind.TEXT, Kind.UUID)
        metadata = None if plain else {KIND: str(kind).encode()}
        fields.append(pa.field(about.name, array.type, metadata=metadata))
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def picked(values: pa.ChunkedArray, snapshot: Snapshot, order: Slots | None) -> pa.ChunkedArray:
    """Return the values of the rows that are there, in their order.

    Args:
        values: A column, rows that are gone included.
        snapshot: The rows.
        order: Their slots in another order than the snapshot's, or None.
    """
    if order is not None:
        return pa.chunked_array([values.combine_chunks().take(pa.array(order))], values.type)
    pieces = [
        chunk if part.alive is None else chunk.filter(pa.array(part.alive))
        for part, chunk in zip(snapshot.parts, values.chunks, strict=True)
    ]
    return pa.chunked_array(pieces, values.type)


def _column(
    snapshot: Snapshot, position: int, kind: Kind, numeric: Literal["float", "decimal"]
) -> pa.ChunkedArray:
    if kind is not Kind.NUMERIC:
        return column(snapshot, position, [_TYPES[kind]] if kind in _TYPES else [])
    if numeric == "float":
        return column(snapshot, position, [pa.float64()])
    text = column(snapshot, position, [])
    try:
        return text.cast(_narrowest(text))
    except pa.ArrowInvalid:  # NaN, infinity, or more digits than there is room for
        return text


def _narrowest(text: pa.ChunkedArray) -> pa.DataType:
    """Return the decimal type with as many places behind the point as the number with the most of them."""
    fraction: Any = pc.utf8_length(pc.replace_substring_regex(text, r"^[^.]*\.?", ""))
    longest = pc.max(fraction).as_py() or 0
    if pc.any(pc.match_substring(text, "e")).as_py():
        longest = max(_places(number) for number in pc.unique(text).to_pylist() if number)
    return pa.decimal128(_DIGITS, min(longest, _DIGITS))


def _places(number: str) -> int:
    exponent = Decimal(number).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
