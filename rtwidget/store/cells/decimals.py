"""Texts of numbers as Arrow's decimals, which silently make another number of one that has too many digits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

DIGITS: Final = 38
"""What decimal128 holds."""


def as_decimals(texts: Any) -> Any | None:  # noqa: ANN401  (an Arrow array, chunked or not)
    """Return texts of numbers as decimal128 with as few places as hold all, or None where one does not fit: NaN, infinity, too many digits."""
    try:
        whole, places = _most_digits(texts)
    except ArithmeticError:  # an exponent of more than 18 digits
        return None
    return cast_decimals(texts, pa.decimal128(DIGITS, places)) if whole + places <= DIGITS else None


def cast_decimals(texts: Any, to: pa.DataType) -> Any | None:  # noqa: ANN401
    """Return texts of numbers as a type of decimals, or None where one does not fit.

    Args:
        texts: The texts.
        to: The type; it is asked for no more digits than it has.
    """
    try:
        whole, places = _most_digits(texts)
        # Arrow's cast would silently make another number of it.
        if whole > to.precision - to.scale or places > to.scale:
            return None
        return pc.cast(texts, to)
    except (pa.ArrowInvalid, ArithmeticError):
        return None


def may_have_exponents(texts: Any) -> bool:  # noqa: ANN401
    """Return whether some text may have an exponent: a look at the bytes takes a hundredth of a look at each text."""
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    for chunk in chunks:
        data = chunk.buffers()[2]
        written = b"" if data is None else data.to_pybytes()
        if b"e" in written or b"E" in written:
            return True
    return False


def _most_digits(texts: Any) -> tuple[int, int]:  # noqa: ANN401
    """Return how many digits stand before and behind the point at most."""
    # One by one in Python, which is slow, but exponents are rare and equal numbers are looked at once.
    if may_have_exponents(texts):
        sizes = [_digits(number) for number in pc.unique(texts).to_pylist() if number]
        return max((one for one, _ in sizes), default=0), max((one for _, one in sizes), default=0)
    length, point = pc.binary_length(texts), pc.find_substring(texts, ".")
    has_point = pc.greater_equal(point, 0)
    whole = pc.if_else(has_point, point, length)
    # A sign is no digit.
    whole = pc.subtract(whole, pc.cast(pc.starts_with(texts, "-"), whole.type))
    places = pc.if_else(has_point, pc.subtract(length, pc.add(point, 1)), 0)
    return pc.max(whole).as_py() or 0, pc.max(places).as_py() or 0


def _digits(number: str) -> tuple[int, int]:
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):  # NaN and infinity
        return 0, 0
    return max(0, value.adjusted() + 1), max(0, -exponent)
