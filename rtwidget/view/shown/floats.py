"""Floats as the browser draws them by itself: with the decimals of their column, and about six digits where those say nothing.

JavaScript rounds the exact value of a float (`toFixed`, `toPrecision`), and half of the last digit upwards.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.encoding import Stored
from rtwidget.store.typed import TEXT, typed
from rtwidget.view.shown.digits import by_exponent, grouped, joined, placed, pointed

Floats = npt.NDArray[np.float64]

_NUMBER: Final = r"^(-?\d+(\.\d+)?(e[+-]?\d+)?|-?Infinity)$"
_LARGEST_PLAIN: Final = 1e15
_DIGITS: Final = 6
_SPLITTER: Final = 2.0**27 + 1
"""Cuts a float into two of 26 bits (Dekker), whose products with a small whole number are exact."""
_UNSURE: Final = 1e-6
"""So near to a half, a number scaled by an inexact power of ten may be rounded to the wrong side."""
_EXPONENTS: Final = (-6, 20)
"""Between these, JavaScript writes a number without an exponent."""


def floats_shown(stored: Stored, decimals: int) -> pa.Array:
    """Return a column of floats as it is drawn with so many decimals (any thread)."""
    values = typed(stored, pa.float64())
    if values is not None:
        return _drawn(np.asarray(pc.fill_null(values, 0.0)), decimals)
    texts = pc.fill_null(typed(stored, TEXT), "")
    is_number = pc.match_substring_regex(texts, _NUMBER)
    numbers = np.asarray(pc.cast(texts.filter(is_number), pa.float64()))
    return pc.replace_with_mask(texts, is_number, _drawn(numbers, decimals))


def _drawn(values: Floats, decimals: int) -> pa.Array:
    sizes = np.abs(values)
    finite = np.isfinite(values)
    plain = finite & (sizes < _LARGEST_PLAIN)
    whole, part = _rounded(np.where(plain, sizes, 0.0), decimals)
    scale = 10**decimals
    near = (whole.astype(np.float64) * scale + part) / scale == sizes
    plain &= ~((sizes > 0) & (sizes < 10.0 ** (1 - decimals)) & ~near)
    fixed = grouped(pc.cast(pa.array(whole), TEXT))
    if decimals:
        padded = pointed(pc.cast(pa.array(part), TEXT), decimals)
        fixed = joined(fixed, pc.utf8_slice_codeunits(padded, 1, None))
    short = finite & ~plain
    if short.any():
        fixed = pc.replace_with_mask(fixed, pa.array(short), _shortest(sizes[short]))
    if not finite.all():
        fixed = pc.if_else(pa.array(np.isinf(values)), pa.scalar("∞", TEXT), fixed)
        fixed = pc.if_else(pa.array(np.isnan(values)), pa.scalar("NaN", TEXT), fixed)
    minus = pc.if_else(pa.array(values < 0), pa.scalar("-", TEXT), pa.scalar("", TEXT))
    return joined(minus, fixed)


def _rounded(sizes: Floats, decimals: int) -> tuple[Any, Any]:
    """Return the whole part and the decimals, as whole numbers, of floats below 2**53."""
    whole = np.floor(sizes)
    part, scale = sizes - whole, 10.0**decimals
    product = part * scale
    high = part * _SPLITTER - (part * _SPLITTER - part)
    lost = (high * scale - product) + (part - high) * scale
    floor = np.floor(product)
    floor += (product - floor - 0.5) + lost >= 0
    carried = floor >= scale
    return (whole + carried).astype(np.int64), np.where(carried, 0, floor).astype(np.int64)


def _shortest(sizes: Floats) -> pa.Array:
    """Return floats with six digits at most, without noughts at their end."""
    exponents = np.floor(np.log10(sizes)).astype(np.int64)
    for _ in range(2):
        scaled = _scaled(sizes, _DIGITS - 1 - exponents)
        exponents += (scaled >= 10**_DIGITS).astype(np.int64)
        exponents -= scaled < 10 ** (_DIGITS - 1)
    scaled = _scaled(sizes, _DIGITS - 1 - exponents)
    rounded = np.floor(scaled + 0.5).astype(np.int64)
    for place in np.flatnonzero(np.abs(scaled % 1 - 0.5) < _UNSURE).tolist():
        exact = Context(_DIGITS, ROUND_HALF_UP).create_decimal(Decimal(float(sizes[place])))
        rounded[place] = int(exact.scaleb(_DIGITS - 1 - exact.adjusted()))
        exponents[place] = exact.adjusted()
    carried = rounded >= 10**_DIGITS
    rounded[carried] //= 10
    digits = pc.utf8_rtrim(pc.cast(pa.array(rounded), TEXT), "0")
    return by_exponent(digits, exponents + carried, _written)


def _scaled(sizes: Floats, powers: npt.NDArray[np.int64]) -> Floats:
    """Return floats times powers of ten, in two steps, because one may be no float."""
    half = powers // 2
    scaled: Floats = sizes * np.power(10.0, half) * np.power(10.0, powers - half)
    return scaled


def _written(digits: pa.Array, exponent: int) -> pa.Array:
    if _EXPONENTS[0] <= exponent <= _EXPONENTS[1]:
        return placed(digits, exponent)
    return joined(placed(digits, 0), f"e{exponent:+d}")
