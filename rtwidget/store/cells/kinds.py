"""What sort of values a column holds: from its type where the source can say, else from all values seen.

Inference is strict and only ever widens, so a column does not change its kind to and fro (design section 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from rtwidget.replica.keys import Cell, JsonText, NumberText, Row
from rtwidget.replica.schema import Column
from rtwidget.store.cells.number_text import NOT_NUMBERS


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


# Which shapes of values a column has shown, as bits: a set of flags costs a microsecond for each question, and every cell asks.
_BOOL: Final = 1
_INT: Final = 2
_FRACTION: Final = 4
_NOT_A_NUMBER: Final = 8
_UUID: Final = 16
_DATE: Final = 32
_TIMESTAMP: Final = 64
_TIMESTAMPTZ: Final = 128
_ARRAY: Final = 256
_OBJECT: Final = 512
_TEXT: Final = 1024

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
_TEXTS: Final = frozenset(
    "bit bpchar bytea char cidr citext daterange inet int4range int8range interval ltree macaddr money name numrange "  # noqa: SIM905
    "text tsrange tstzrange tsvector varbit varchar vector xml".split()
)
"""Types whose values are strings in JSON. Of types that are not known here, such as domains, only the values can tell."""
_LOOKS: Final = _UUID | _DATE | _TIMESTAMP | _TIMESTAMPTZ
_NUMBERS: Final = _INT | _FRACTION | _NOT_A_NUMBER
_SINGLE: Final = MappingProxyType(
    {
        _BOOL: Kind.BOOL,
        _INT: Kind.INT,
        _UUID: Kind.UUID,
        _DATE: Kind.DATE,
        _TIMESTAMP: Kind.TIMESTAMP,
        _TIMESTAMPTZ: Kind.TIMESTAMPTZ,
        _ARRAY: Kind.ARRAY,
        _OBJECT: Kind.JSON,
    }
)
_SHAPE_OF_TYPE: Final[Mapping[type, int]] = {bool: _BOOL, int: _INT, NumberText: _FRACTION}
_DAY: Final = r"\d{4}-\d\d-\d\d"
_TIME: Final = r"T\d\d:\d\d:\d\d(?:\.\d{1,6})?"
_WRITTEN: Final = re.compile(
    rf"({_DAY}{_TIME}[+-]\d\d(?::\d\d){{0,2}})|({_DAY})|({_DAY}{_TIME})"
    r"|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
_SHAPES_WRITTEN: Final = (_TEXT, _TIMESTAMPTZ, _DATE, _TIMESTAMP, _UUID)


def _text_shape(text: str) -> int:
    if text in NOT_NUMBERS:
        return _NOT_A_NUMBER
    found = _WRITTEN.fullmatch(text)
    return _SHAPES_WRITTEN[0 if found is None else found.lastindex or 0]


def _shape(cell: Cell) -> int:
    if isinstance(cell, JsonText):
        return _ARRAY if cell.startswith("[") else _OBJECT
    return _text_shape(str(cell))


def _kind(seen: int) -> Kind:
    if seen in _SINGLE:
        return _SINGLE[seen]
    # What stands beside arrays or objects can only be JSON itself.
    if seen & (_ARRAY | _OBJECT):
        return Kind.JSON
    # A fraction of unknown type may be float or numeric; as numeric it keeps every digit.
    numbers_only = seen & _NUMBERS == seen
    return Kind.NUMERIC if numbers_only and seen & ~_NOT_A_NUMBER else Kind.TEXT


class Kinds:
    """The kinds of a table's columns; `mixed` are the positions of those whose cells may be of several types.

    Written by the loop thread; any thread may call `now`.

    Args:
        columns: The columns, with the types that are known.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._declared = [_declared(column.type) for column in columns]
        # A text of a type that has a name is one, whatever it looks like: a label of an enum is no date.
        self._texts = [0 if column.type is None else _LOOKS | _TEXT for column in columns]
        self._seen = [0] * len(columns)
        self.mixed = [
            position for position, kind in enumerate(self._declared) if kind in (None, Kind.JSON)
        ]
        self._open = [position for position, kind in enumerate(self._declared) if kind is None]

    def observe(self, row: Row, positions: Iterable[int] | None = None) -> None:
        """Take the values of a row into account.

        Args:
            row: The row.
            positions: The columns that are new; all when None.
        """
        known, by_type = self._seen, _SHAPE_OF_TYPE
        for position in self._open:
            cell = row[position]
            if cell is None or (positions is not None and position not in positions):
                continue
            seen, its_type = known[position], type(cell)
            if seen & _TEXT and its_type is str:
                # A column of texts stays one, whatever else they look like.
                continue
            shape = by_type.get(its_type) or _shape(cell)
            if not seen & shape:
                known[position] = seen | shape

    def now(self) -> tuple[Kind, ...]:
        """Return the kinds as they stand."""
        known = zip(self._declared, self._seen, self._texts, strict=True)
        return tuple(
            kind or (Kind.TEXT if seen & texts else _kind(seen)) for kind, seen, texts in known
        )


def as_written(column: Column, kind: Kind) -> Kind:
    """Return of what kind the cells of a column are: an oid is a number that PostgreSQL writes as text in JSON (any thread)."""
    return Kind.TEXT if column.type == "oid" else kind


def _declared(type_name: str | None) -> Kind | None:
    if type_name is None:
        return None
    if type_name.startswith("_"):
        return Kind.ARRAY
    return Kind.TEXT if type_name in _TEXTS else _TYPES.get(type_name)
