"""A snapshot as an Arrow table: exact types where all values fit, else their text, with the kind beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.arrow import dtype_warnings
from rtwidget.store.arrow.dtype_warnings import Tell, warn
from rtwidget.store.cells.arrow_texts import INSTANT, PATTERNS, WALL, read
from rtwidget.store.cells.decimals import DIGITS, as_decimals
from rtwidget.store.cells.exact_numbers import NUMBERS, as_floats
from rtwidget.store.cells.json_text import json_texts
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.order.column_values import (
    float_column,
    is_text,
    present_values,
    two_sorts,
    typed_column,
    written_texts,
)
from rtwidget.store.order.ordering import Order, sorted_slots
from rtwidget.store.snapshot import Slots, Snapshot

KIND: Final = b"rtwidget.kind"
"""The metadata of a field that holds text of something else: numbers, JSON, moments out of range."""
_TYPES: Final[MappingProxyType[Kind, pa.DataType]] = MappingProxyType(
    {
        Kind.INT: pa.int64(),
        Kind.BOOL: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.TIMESTAMP: WALL,
        Kind.TIMESTAMPTZ: INSTANT,
    }
)
_NUMBER: Final = r"^(-?\d+(\.\d+)?([eE][+-]?\d+)?|NaN|-?Infinity)$"
_WRITTEN: Final = MappingProxyType(
    {
        Kind.INT: PATTERNS[pa.int64()],
        Kind.FLOAT: _NUMBER,
        Kind.NUMERIC: _NUMBER,
        Kind.BOOL: "^(true|false)$",
        Kind.DATE: PATTERNS[pa.date32()],
        Kind.TIMESTAMP: PATTERNS[WALL],
        Kind.TIMESTAMPTZ: PATTERNS[INSTANT],
    }
)
"""How values of a kind are written; Arrow reads more than these: `0x1F`, `+5`, `nan`, the truth value `1`."""
_FEW_DIGITS: Final = r"^-?\d{1,20}(\.\d{1,18})?$"
_DOCUMENTS: Final = frozenset({Kind.JSON, Kind.ARRAY})
_TEXTS: Final = frozenset({Kind.TEXT, Kind.UUID, Kind.TIME})
Numeric = Literal["float", "decimal"]
_Attempt = Callable[[pa.ChunkedArray], pa.ChunkedArray | None]


def to_arrow(
    snapshot: Snapshot,
    numeric: Numeric = "decimal",
    orders: Sequence[Order] = (),
    tell: Tell = warn,
) -> pa.Table:
    """Return a snapshot's rows as a table (any thread); columns that are kept in its types share their memory.

    Args:
        snapshot: The rows.
        numeric: Whether numbers with a fraction of a type that is not float become decimal128 or float64.
        orders: The columns to sort by; none for the snapshot's own order.
        tell: Told of each column whose values do not fit the type of its kind.
    """
    order = sorted_slots(snapshot, orders) if orders else None
    fields, arrays = [], []
    for position, about in enumerate(snapshot.schema.columns):
        kind = snapshot.kinds[position]
        several = kind in _TEXTS and not is_text(snapshot, position)
        array = _values(snapshot, position, order, numeric)
        if several:
            cells = snapshot.column(position)
            tell(about.name, dtype_warnings.mixed(about.name, two_sorts(cells), "text"))
        elif kind in _WRITTEN:
            _warn_of_type(about.name, kind, array, numeric, tell)
        # Whoever reads the table later must be able to tell text of numbers from text.
        plain = array.type != TEXT or (kind in (Kind.TEXT, Kind.UUID) and not several)
        metadata = None if plain else {KIND: str(kind).encode()}
        fields.append(pa.field(about.name, array.type, metadata=metadata))
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _values(
    snapshot: Snapshot, position: int, order: Slots | None, numeric: Numeric
) -> pa.ChunkedArray:
    """Return a column in the type of its kind, in the next best that holds all of it, or as text."""
    kind = snapshot.kinds[position]
    if kind in _DOCUMENTS:
        columns = [part.chunk.columns[position] for part in snapshot.parts]
        return present_values(pa.chunked_array(map(json_texts, columns), TEXT), snapshot, order)
    # First with the rows that are gone, because whole chunks were converted once for all.
    whole = _whole(snapshot, position, numeric)
    if whole is not None:
        return present_values(whole, snapshot, order)
    # Rows that are gone may have kept it from its type, or a server that writes numbers as text.
    texts = written_texts(snapshot, position, order)
    declared = snapshot.schema.columns[position].type is not None
    if kind in _WRITTEN and (_are_numbers(snapshot, position) or _all_match(texts, _WRITTEN[kind])):
        for attempt in _attempts(kind, numeric, declared=declared):
            found = attempt(texts)
            if found is not None:
                return found
    return texts


def _are_numbers(snapshot: Snapshot, position: int) -> bool:
    """Return whether a column is kept as numbers, so that there is no need to look at each text."""
    encodings = {part.chunk.columns[position].encoding for part in snapshot.parts}
    return snapshot.kinds[position] is Kind.NUMERIC and encodings <= NUMBERS


def _all_match(texts: pa.ChunkedArray, pattern: str) -> bool:
    return pc.all(pc.match_substring_regex(texts, pattern)).as_py() is not False


def _whole(snapshot: Snapshot, position: int, numeric: Numeric) -> pa.ChunkedArray | None:
    """Return a column in the type of its kind, rows that are gone included, or None where that holds not all of it."""
    kind = snapshot.kinds[position]
    if kind is Kind.FLOAT or (kind is Kind.NUMERIC and numeric == "float"):
        return float_column(snapshot, position, rounding=kind is Kind.FLOAT)
    if kind not in _TYPES:
        return None
    found = typed_column(snapshot, position, (_TYPES[kind],))
    return found if found.type == _TYPES[kind] else None


def _attempts(kind: Kind, numeric: Numeric, *, declared: bool) -> tuple[_Attempt, ...]:
    """Return what makes values of a kind of their text, the best type first."""
    if kind is Kind.INT:
        return partial(_cast, to=_TYPES[kind]), as_decimals
    if kind is Kind.FLOAT:
        return partial(as_floats, rounding=True), as_decimals
    if kind is Kind.NUMERIC:
        exact = partial(as_floats, rounding=False)
        if numeric == "float":
            return exact, as_decimals
        # What is declared as numeric is no float, whatever it holds.
        return (as_decimals,) if declared else (as_decimals, exact)
    return (partial(_cast, to=_TYPES[kind]),) if kind in _TYPES else ()


def _cast(texts: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray | None:
    # Its texts have been matched, and Arrow reads these two as PostgreSQL writes them.
    if to == pa.bool_():
        return pc.cast(texts, to)
    arrays = [read(chunk, to) for chunk in texts.chunks]
    return None if any(one is None for one in arrays) else pa.chunked_array(arrays, to)


def _warn_of_type(
    name: str, kind: Kind, array: pa.ChunkedArray, numeric: Numeric, tell: Tell
) -> None:
    """Tell of a column that comes in another type than its kind's."""
    numbers = kind in (Kind.INT, Kind.FLOAT, Kind.NUMERIC)
    if array.type == TEXT:
        expected = f"decimal128({DIGITS})" if numbers else str(_TYPES[kind])
        tell(name, dtype_warnings.unfit(name, _odd_one(array, kind), expected, "text"))
    elif pa.types.is_decimal(array.type) and kind is Kind.FLOAT:
        tell(name, dtype_warnings.too_great(name, "decimal128"))
    elif pa.types.is_decimal(array.type) and kind is Kind.NUMERIC and numeric == "float":
        tell(name, dtype_warnings.inexact(name, "decimal128"))


def _odd_one(texts: pa.ChunkedArray, kind: Kind) -> str | None:
    """Return a value that kept a column from its type, the most telling one first."""
    for pattern in (_WRITTEN[kind], _FEW_DIGITS):
        odd = texts.filter(pc.invert(pc.match_substring_regex(texts, pattern))).drop_null()
        if len(odd):
            found: str = odd[0].as_py()
            return found
    return None
