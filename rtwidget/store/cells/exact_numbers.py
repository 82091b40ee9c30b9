"""Which numbers a float64 holds: those that its shortest digits write as the same number. Pure; any thread."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.decimals import may_have_exponents
from rtwidget.store.cells.number_text import NOT_NUMBERS
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import typed_array

FLOAT: Final = pa.float64()
NUMBERS: Final = frozenset({Encoding.INT, Encoding.FLOAT, Encoding.NUMBER})
"""How columns are kept that hold nothing but numbers."""
EXACT: Final = "exact"
ROUNDED: Final = "rounded"
"""What is known of a column of numbers, by name: that a float64 holds each, or each as it rounds it."""
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_SAFE_LENGTH: Final = 15
"""Every decimal number of so many digits, without an exponent, comes back from a float64 (DBL_DIG of C)."""
_INFINITIES: Final = ("Infinity", "-Infinity")


def number_text(cell: Cell) -> str | None:
    """Return the text of a number, whether it came as one or as a text, or None where it is none."""
    # To Python, a bool is an int.
    if cell is None or isinstance(cell, bool):
        return None
    text = str(cell)
    return text if text in NOT_NUMBERS or _NUMBER.fullmatch(text) else None


def reads_back(text: str) -> bool:
    """Return whether a number is the one that its float64 shows."""
    value = float(text)
    if not isfinite(value):
        return text in NOT_NUMBERS
    try:
        return Decimal(repr(value)) == Decimal(text)
    except ArithmeticError:  # an exponent of more than 18 digits
        return False


def rounds(text: str) -> bool:
    """Return whether a number is one that a float64 rounds: an infinity stands for no other number."""
    return isfinite(float(text)) or text in NOT_NUMBERS


def as_floats(texts: pa.ChunkedArray, *, rounding: bool) -> pa.ChunkedArray | None:
    """Return the texts of numbers as float64, or None where one is none or is no number."""
    try:
        values = pc.cast(texts, FLOAT)
    except pa.ArrowInvalid:
        return None
    return values if _all_held(texts, values, rounding=rounding) else None


def column_as_floats(stored: StoredColumn, *, rounding: bool) -> pa.Array | None:
    """Return a column of a chunk as float64, or None where some number is none; what was found is kept beside the chunk.

    Args:
        stored: The column.
        rounding: Whether the digits that a float64 cannot hold may go, because the column is declared as one.
    """
    values = typed_array(stored, FLOAT)
    if values is None or stored.encoding is not Encoding.NUMBER:
        return values
    name = ROUNDED if rounding else EXACT
    if name not in stored.derived:
        stored.derived[name] = _all_held(stored.array, values, rounding=rounding)
    return values if stored.derived[name] else None


def _all_held(texts: Any, values: Any, *, rounding: bool) -> bool:  # noqa: ANN401  (Arrow arrays, chunked or not)
    if rounding:
        beyond = pc.and_(
            pc.is_inf(values), pc.invert(pc.is_in(texts, pa.array(_INFINITIES, texts.type)))
        )
        return not pc.any(beyond).as_py()
    # From the cheapest check to the most expensive, each on what the one before left open.
    doubtful = pc.greater(pc.binary_length(texts), _SAFE_LENGTH)
    if may_have_exponents(texts):
        doubtful = pc.or_(doubtful, pc.match_substring(texts, "e", ignore_case=True))
    if not pc.any(doubtful).as_py():
        return True
    texts, values = texts.filter(doubtful), values.filter(doubtful)
    written = pc.cast(values, texts.type)
    unlike = pc.not_equal(written, texts)
    texts, written = texts.filter(unlike), written.filter(unlike)
    rest = texts.filter(pc.not_equal(_plain(texts), written))
    return all(map(reads_back, pc.unique(rest).to_pylist()))


def _plain(texts: Any) -> Any:  # noqa: ANN401
    """Return numbers without zeros behind the last digit of a fraction."""
    fractions = pc.and_(
        pc.match_substring(texts, "."), pc.invert(pc.match_substring(texts, "e", ignore_case=True))
    )
    trimmed = pc.ascii_rtrim(pc.ascii_rtrim(texts, "0"), ".")
    return pc.if_else(fractions, trimmed, texts)
