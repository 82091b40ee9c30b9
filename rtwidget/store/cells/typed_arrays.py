"""One column of a chunk as an array of a type, whatever its encoding: what sorting, filters and exports work on."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.arrow_texts import INSTANT, WALL, float_texts, read
from rtwidget.store.cells.decimals import cast_decimals
from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding, StoredColumn

TEXT: Final = pa.large_string()
"""Text of any size together; a column of plain strings ends at 2 GB."""
_EXACT: Final = pa.decimal256(76, 38)
COMPARABLE: Final[MappingProxyType[Kind, tuple[pa.DataType, ...]]] = MappingProxyType(
    {
        Kind.INT: (pa.int64(), _EXACT, pa.float64()),
        Kind.FLOAT: (pa.float64(),),
        Kind.NUMERIC: (pa.int64(), _EXACT, pa.float64()),
        Kind.BOOL: (pa.bool_(),),
        Kind.DATE: (pa.date32(),),
        Kind.TIMESTAMP: (WALL,),
        Kind.TIMESTAMPTZ: (INSTANT,),
    }
)
"""The types in which values of a kind have their order, the most exact one first; other kinds are compared as text."""
_NUMBERS: Final = frozenset({Encoding.INT, Encoding.FLOAT, Encoding.NUMBER})


def typed_array(stored: StoredColumn, to: pa.DataType) -> pa.Array | None:
    """Return the values as an array of a type, or None where they are not of that sort (any thread)."""
    if stored.array.type == to:
        return stored.array
    if to == TEXT:
        # Not kept: for most columns it would weigh as much as the column.
        return _text(stored)
    name = str(to)
    if name not in stored.derived:
        stored.derived[name] = _converted(stored, to)
    found: pa.Array | None = stored.derived[name]
    return found


def display_text(cell: Cell) -> str | None:
    """Return a cell as people read it."""
    if cell is None or isinstance(cell, str):
        return cell
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _converted(stored: StoredColumn, to: pa.DataType) -> pa.Array | None:
    # A column without a value fits every type.
    if stored.array.null_count == len(stored.array):
        return pa.nulls(len(stored.array), to)
    # A type that nobody named: its texts may all be values of this one.
    if stored.encoding is Encoding.TEXT:
        return read(stored.array, to)
    is_decimal = pa.types.is_decimal(to)
    if not ((is_decimal or pa.types.is_floating(to)) and stored.encoding in _NUMBERS):
        return None
    if is_decimal and stored.encoding is not Encoding.INT:
        # Of a float, Arrow would take the digits of its binary fraction.
        return cast_decimals(typed_array(stored, TEXT), to)
    try:
        return pc.cast(stored.array, to)
    except pa.ArrowInvalid:  # it needs more digits, or is no finite number
        return None


def _text(stored: StoredColumn) -> pa.Array:
    if stored.encoding is Encoding.MIXED:
        return pa.array([display_text(cell) for cell in cells_of(stored)], TEXT)
    # Arrow writes some floats otherwise than PostgreSQL.
    if stored.encoding is Encoding.FLOAT:
        return float_texts(stored.array)
    return pc.cast(stored.array, TEXT)
