"""From a stored value back to the cell that the database wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import msgspec
import pyarrow as pa

from rtwidget.replica.keys import Cell, JsonText
from rtwidget.store.encoding import Encoding, Stored
from rtwidget.store.number_text import float_text, number_cell

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_TEXT: Final = msgspec.json.Decoder(str)
_WORDS: Final = MappingProxyType({"true": True, "false": False})


def cell_at(stored: Stored, offset: int) -> Cell:
    """Return the cell of one row (any thread)."""
    value = stored.array[offset]
    return _DECODERS[stored.encoding](value) if value.is_valid else None


def cells_of(stored: Stored) -> list[Cell]:
    """Return the cells of all rows (any thread)."""
    decode = _DECODERS[stored.encoding]
    return [decode(value) if value.is_valid else None for value in stored.array]


def _plain(value: pa.Scalar) -> Cell:
    cell: Cell = value.as_py()
    return cell


def _float(value: pa.Scalar) -> Cell:
    return number_cell(float_text(value.as_py()))


def _number(value: pa.Scalar) -> Cell:
    return number_cell(value.as_py())


def _date(value: pa.Scalar) -> Cell:
    return date.fromordinal(_EPOCH_DAY + value.value).isoformat()


def _moment(value: pa.Scalar) -> Cell:
    text = (_EPOCH + timedelta(microseconds=value.value)).isoformat()
    return text.rstrip("0") if "." in text else text


def _moment_utc(value: pa.Scalar) -> Cell:
    return f"{_moment(value)}+00:00"


def _document(value: pa.Scalar) -> Cell:
    return JsonText(value.as_py())


def _mixed(value: pa.Scalar) -> Cell:
    text: str = value.as_py()
    first = text[:1]
    if first == '"':
        try:
            return _TEXT.decode(text)
        except msgspec.DecodeError:  # half of a surrogate pair is legal JSON but no text
            return JsonText(text)
    if first in "{[":
        return JsonText(text)
    return _WORDS[text] if text in _WORDS else number_cell(text)


_DECODERS: Final[MappingProxyType[Encoding, Callable[[Any], Cell]]] = MappingProxyType(
    {
        Encoding.INT: _plain,
        Encoding.BOOL: _plain,
        Encoding.TEXT: _plain,
        Encoding.FLOAT: _float,
        Encoding.NUMBER: _number,
        Encoding.DATE: _date,
        Encoding.MOMENT: _moment,
        Encoding.MOMENT_UTC: _moment_utc,
        Encoding.DOCUMENT: _document,
        Encoding.MIXED: _mixed,
    }
)
