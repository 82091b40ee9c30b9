"""JSON columns: as text from which every value comes back, and parsed without a value that Python would round or drop."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.exact_numbers import reads_back, rounds
from rtwidget.store.cells.number_text import INTEGER_DIGITS, NOT_NUMBERS
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT, typed_array

_IS_JSON: Final = frozenset({Encoding.DOCUMENT, Encoding.MIXED, Encoding.INT, Encoding.BOOL})
FLOAT_ARRAYS: Final = frozenset({"_float4", "_float8"})
_NUMBERS: Final = FLOAT_ARRAYS | {"_numeric"}

Number = Callable[[str], Any]


class UnparsableError(ValueError):
    """Valid JSON of which Python objects would hold less than the text."""


def json_text(cell: Cell) -> str | None:
    """Return a cell of a JSON column as JSON: a string among the values gets its quotes back."""
    if cell is None or isinstance(cell, JsonText | NumberText):
        return None if cell is None else str(cell)
    return json.dumps(cell, ensure_ascii=False)


def json_texts(stored: StoredColumn) -> pa.Array:
    """Return all cells of a JSON column as JSON."""
    if stored.encoding is Encoding.MIXED:
        # Kept as JSON; `typed_array` would take the quotes of its strings away.
        return stored.array.cast(TEXT)
    if stored.encoding in _IS_JSON:
        return typed_array(stored, TEXT)
    return pa.array(map(json_text, cells_of(stored)), TEXT)


def parsed(text: str, number: Number = Decimal) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """Return the value of a JSON text, every digit kept.

    Args:
        text: The text.
        number: What makes a number of a literal that has a fraction or an exponent.

    Raises:
        ValueError: When it is no JSON, or holds what Python has no object for: a name twice in one object, a number with an exponent of
            more than 18 digits, or a thousand levels.
    """
    try:
        return json.loads(
            text, parse_float=number, parse_int=_whole, object_pairs_hook=_object_of_all
        )
    except (ArithmeticError, RecursionError):
        raise UnparsableError("Python has no object for it.") from None


def array_of(text: str, type_name: str, number: Number = Decimal) -> Any:  # noqa: ANN401
    """Return the value of an SQL array: numbers that JSON has only as text are numbers again.

    Args:
        text: The array as JSON.
        type_name: Its SQL type, such as `_float8`.
        number: What makes a number of its text.

    Raises:
        ValueError: As `parsed` does.
    """
    value = parsed(text, number)
    if type_name not in _NUMBERS:
        return value
    return _numbers_of(value, number, whole=type_name not in FLOAT_ARRAYS)


class Floats:
    """Makes floats of numbers, and remembers whether one of them became another number.

    Args:
        rounding: Whether the digits that a float cannot hold may go.
    """

    def __init__(self, *, rounding: bool) -> None:
        self._same = rounds if rounding else reads_back
        self.changed = False

    def __call__(self, text: str) -> float:
        """Return the float of a number's text."""
        self.changed = self.changed or not self._same(text)
        return float(text)


def _numbers_of(value: Any, number: Number, *, whole: bool) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_numbers_of(one, number, whole=whole) for one in value]
    if isinstance(value, str) and value in NOT_NUMBERS:
        return number(value)
    # A whole float8 is a float as its neighbours are.
    return value if whole or type(value) is not int else number(str(value))


def _whole(text: str) -> int | Decimal:
    # As an int, a negative zero would lose its sign; and `int` refuses what is longer.
    return int(text) if text != "-0" and len(text) <= INTEGER_DIGITS else Decimal(text)


def _object_of_all(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # A Python dict keeps the last of two values, and nobody would miss the first.
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnparsableError("It holds a name twice in one object.")
    return found
