"""What sort of values a column holds: from its type where the source can say, else from all values seen.

Inference is strict and only ever widens, so a column does not change its kind to and fro (design section 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Flag, StrEnum, auto
from types import MappingProxyType
from typing import Final

from rtwidget.replica.keys import Cell, JsonText, NumberText, Row
from rtwidget.replica.schema import Column
from rtwidget.store.number_text import NOT_NUMBERS


class Kind(StrEnum):
    """How the values of a column are shown, ordered and given to pandas."""

    INT = "int"
    FLOAT = "float"
    NUMERIC = "numeric"
    BOOL = "bool"
    TEXT = "text"
    UUID = "uuid"
    JSON = "json"
    ARRAY = "array"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    TIMESTAMPTZ = "timestamptz"


class _Seen(Flag):
    """Which shapes of values a column has shown."""

    BOOL = auto()
    INT = auto()
    FRACTION = auto()
    NOT_A_NUMBER = auto()
    UUID = auto()
    DATE = auto()
    TIMESTAMP = auto()
    TIMESTAMPTZ = auto()
    ARRAY = auto()
    OBJECT = auto()
    TEXT = auto()


_TYPES: Final = MappingProxyType(
    {
        "int2": Kind.INT,
        "int4": Kind.INT,
        "int8": Kind.INT,
        "oid": Kind.INT,
        "float4": Kind.FLOAT,
        "float8": Kind.FLOAT,
        "numeric": Kind.NUMERIC,
        "bool": Kind.BOOL,
        "uuid": Kind.UUID,
        "json": Kind.JSON,
        "jsonb": Kind.JSON,
        "date": Kind.DATE,
        "time": Kind.TIME,
        "timetz": Kind.TIME,
        "timestamp": Kind.TIMESTAMP,
        "timestamptz": Kind.TIMESTAMPTZ,
    }
)
_NUMBERS: Final = _Seen.INT | _Seen.FRACTION | _Seen.NOT_A_NUMBER
_SINGLE: Final = MappingProxyType(
    {
        _Seen.BOOL: Kind.BOOL,
        _Seen.INT: Kind.INT,
        _Seen.UUID: Kind.UUID,
        _Seen.DATE: Kind.DATE,
        _Seen.TIMESTAMP: Kind.TIMESTAMP,
        _Seen.TIMESTAMPTZ: Kind.TIMESTAMPTZ,
        _Seen.ARRAY: Kind.ARRAY,
        _Seen.OBJECT: Kind.JSON,
    }
)
_SHAPE: Final = re.compile(
    r"(?P<UUID>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"|(?P<DATE>\d{4}-\d\d-\d\d)"
    r"(?P<TIMESTAMP>T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?P<ZONE>[+-]\d\d(?::\d\d){0,2})?)?"
)


def _shape(cell: Cell) -> _Seen:
    if isinstance(cell, bool):
        return _Seen.BOOL
    if isinstance(cell, int):
        return _Seen.INT
    if isinstance(cell, NumberText):
        return _Seen.FRACTION
    if isinstance(cell, JsonText):
        return _Seen.ARRAY if cell.startswith("[") else _Seen.OBJECT
    if cell in NOT_NUMBERS:
        return _Seen.NOT_A_NUMBER
    return _text_shape(str(cell))


def _text_shape(text: str) -> _Seen:
    found = _SHAPE.fullmatch(text)
    if found is None:
        return _Seen.TEXT
    if found["UUID"]:
        return _Seen.UUID
    if found["ZONE"]:
        return _Seen.TIMESTAMPTZ
    return _Seen.TIMESTAMP if found["TIMESTAMP"] else _Seen.DATE


def _kind(seen: _Seen) -> Kind:
    if seen in _SINGLE:
        return _SINGLE[seen]
    if seen & (_Seen.ARRAY | _Seen.OBJECT):
        return Kind.JSON
    # A fraction of unknown type may be float or numeric; as numeric it keeps every digit.
    numbers_only = seen & _NUMBERS == seen
    return Kind.NUMERIC if numbers_only and seen & ~_Seen.NOT_A_NUMBER else Kind.TEXT


class Kinds:
    """The kinds of a table's columns.

    Written by the loop thread; any thread may call `now`.

    Args:
        columns: The columns, with the types that are known.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._declared = [_declared(column.type) for column in columns]
        self._seen = [_Seen(0) for _ in columns]
        self._open = [position for position, kind in enumerate(self._declared) if kind is None]

    def observe(self, row: Row, positions: Iterable[int] | None = None) -> None:
        """Take the values of a row into account.

        Args:
            row: The row.
            positions: The columns that are new; all when None.
        """
        for position in self._open:
            cell = row[position]
            if cell is None or (positions is not None and position not in positions):
                continue
            shape = _shape(cell)
            if shape not in self._seen[position]:
                self._seen[position] |= shape

    def now(self) -> tuple[Kind, ...]:
        """Return the kinds as they stand."""
        return tuple(
            kind or _kind(seen) for kind, seen in zip(self._declared, self._seen, strict=True)
        )


def _declared(type_name: str | None) -> Kind | None:
    if type_name is None:
        return None
    return Kind.ARRAY if type_name.startswith("_") else _TYPES.get(type_name, Kind.TEXT)
