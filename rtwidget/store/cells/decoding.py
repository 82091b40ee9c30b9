"""From a stored value back to the cell that the database wrote.

A row is read by key at each update, so readers look straight into Arrow's buffers: a scalar object for each value took three times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import msgspec

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.store.cells.moment_text import day_text, moment_text, moment_text_utc
from rtwidget.store.cells.number_text import float_text, number_cell
from rtwidget.store.cells.stored_column import Encoding, StoredColumn

CellReader: TypeAlias = Callable[[int], Cell]

_LAST_DIGITS: Final = frozenset("123456789")
_TEXT: Final = msgspec.json.Decoder(str)
_WORDS: Final = MappingProxyType({"true": True, "false": False})


def cell_at(stored: StoredColumn, offset: int) -> Cell:
    """Return the cell of one row (any thread)."""
    return cell_reader(stored)(offset)


def cells_of(stored: StoredColumn) -> list[Cell]:
    """Return the cells of all rows (any thread)."""
    return list(map(cell_reader(stored), range(len(stored.array))))


def cell_reader(stored: StoredColumn) -> CellReader:
    """Return what reads the cell of a row (any thread)."""
    known: CellReader | None = stored.derived.get("reader")
    if known is None:
        known = stored.derived["reader"] = _make_reader(stored)
    return known


def _make_reader(stored: StoredColumn) -> CellReader:
    array = stored.array
    decode = _DECODERS[stored.encoding]
    # Arrow may give an empty array no buffers.
    if not len(array):
        return lambda offset: array[offset].as_py()
    layout = _LAYOUTS.get(stored.encoding)
    if stored.encoding is Encoding.BOOL:
        read = _bits(array)
    else:
        read = _texts(array, decode) if layout is None else _numbers(array, layout, decode)
    if not array.null_count:
        return read
    # A byte a row, because Arrow makes an object of each answer.
    valid = array.is_valid().to_numpy(zero_copy_only=False).tobytes()
    return lambda offset: read(offset) if valid[offset] else None


def _numbers(array: Any, layout: Any, decode: Callable[[Any], Cell]) -> CellReader:  # noqa: ANN401  (an Arrow array, a format of memoryview)
    """Return the reader of values of a fixed width."""
    values = memoryview(array.buffers()[1]).cast(layout)[array.offset :]
    # Where the value is the cell, no call of ours stands between.
    return values.__getitem__ if decode is _plain else lambda offset: decode(values[offset])


def _bits(array: Any) -> CellReader:  # noqa: ANN401  (an Arrow array)
    """Return the reader of truth values, which Arrow keeps as bits."""
    first: int = array.offset
    values = memoryview(array.buffers()[1])

    def read(offset: int) -> Cell:
        bit = first + offset
        return values[bit >> 3] >> (bit & 7) & 1 == 1

    return read


def _texts(array: Any, decode: Callable[[Any], Cell]) -> CellReader:  # noqa: ANN401  (an Arrow array)
    """Return the reader of texts."""
    _, bounds_buffer, data_buffer = array.buffers()
    bounds = memoryview(bounds_buffer).cast("i")[array.offset :]
    data = memoryview(data_buffer if data_buffer is not None else b"")
    if decode is _plain:
        return lambda offset: str(data[bounds[offset] : bounds[offset + 1]], "utf-8")
    return lambda offset: decode(str(data[bounds[offset] : bounds[offset + 1]], "utf-8"))


def _plain(value: Any) -> Cell:  # noqa: ANN401  (an int or a str)
    cell: Cell = value
    return cell


def _float(value: float) -> Cell:
    text = repr(value)
    # The usual fraction; whole numbers end in a zero, what is no number in a letter, and exponents take the longer way too.
    if text[-1] in _LAST_DIGITS and "e" not in text:
        return NumberText(text)
    return number_cell(float_text(value))


def _mixed(text: str) -> Cell:
    first = text[:1]
    if first == '"':
        try:
            return _TEXT.decode(text)
        except msgspec.DecodeError:  # half of a surrogate pair is legal JSON but no text
            return JsonText(text)
    if first in "{[":
        return JsonText(text)
    return _WORDS[text] if text in _WORDS else number_cell(text)


_LAYOUTS: Final = MappingProxyType(
    {
        Encoding.INT: "q",
        Encoding.FLOAT: "d",
        Encoding.DATE: "i",
        Encoding.MOMENT: "q",
        Encoding.MOMENT_UTC: "q",
    }
)
_DECODERS: Final[MappingProxyType[Encoding, Callable[[Any], Cell]]] = MappingProxyType(
    {
        Encoding.INT: _plain,
        Encoding.BOOL: _plain,
        Encoding.TEXT: _plain,
        Encoding.FLOAT: _float,
        Encoding.NUMBER: number_cell,
        Encoding.DATE: day_text,
        Encoding.MOMENT: moment_text,
        Encoding.MOMENT_UTC: moment_text_utc,
        Encoding.DOCUMENT: JsonText,
        Encoding.MIXED: _mixed,
    }
)
