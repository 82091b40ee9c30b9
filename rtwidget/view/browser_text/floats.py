"""Floats as the browser draws them by itself: with six digits that count (`js/src/cells/formatNumber.ts`).

JavaScript rounds the exact value of a float (`toFixed`, `toPrecision`), and half of the last digit upwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell, NumberText
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT, typed_array
from rtwidget.view.browser_text.digits import by_exponent, grouped, joined, placed

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_NUMBER: Final = r"^(-?\d+(\.\d+)?(e[+-]?\d+)?|-?Infinity)$"
_POWER: Final = re.compile(r"-?\d+(\.\d+)?e[+-]?\d+", re.ASCII | re.IGNORECASE)
# Beyond these two, the browser writes powers of ten, and so does this.
_LARGEST_PLAIN: Final = 1e15
_LEAST_PLAIN_EXPONENT: Final = -4
_DIGITS: Final = 6
_UNSURE: Final = 1e-6
"""So near to a half, a number scaled by an inexact power of ten may be rounded to the wrong side."""
_LEAST_SCALED: Final = 1e-300
"""Of smaller floats the least ones have fewer digits than six, and cannot be scaled."""
_MIDDLE: Final = 200
_TENS: Final = np.array([float(f"1e{power}") for power in range(-_MIDDLE, _MIDDLE + 1)])
_FLOAT_DIGITS: Final = range(16, 18)
"""So many digits most floats of 64 bits need."""


def floats_shown(stored: StoredColumn) -> pa.Array:
    """Return a column of floats as it is drawn (any thread)."""
    values = typed_array(stored, pa.float64())
    if values is not None and stored.encoding is not Encoding.NUMBER:
        # Null is drawn as nought meanwhile; `ShownColumn.drawn` takes it out again.
        return _drawn(np.asarray(pc.fill_null(values, 0.0)))
    texts = pc.fill_null(typed_array(stored, TEXT), "")
    is_number = pc.match_substring_regex(texts, _NUMBER)
    found = texts.filter(is_number)
    numbers = np.asarray(pc.cast(found, pa.float64()))
    drawn = _drawn(numbers)
    # A number without bounds that a float cannot hold is not infinite.
    endless = pc.and_(pa.array(np.isinf(numbers)), pc.invert(pc.ends_with(found, "Infinity")))
    return pc.replace_with_mask(texts, is_number, pc.if_else(endless, found, drawn))


def are_taken_for_floats(cells: Iterable[Cell]) -> bool:
    """Return whether numbers of unknown type are floats, as the browser tells by those that it has (any thread)."""
    return any(isinstance(cell, NumberText) and _is_float_text(cell) for cell in cells)


def _is_float_text(text: str) -> bool:
    # Decimals have no powers of ten, and rarely so many digits.
    digits = text.lstrip("-").lstrip("0.").replace(".", "")
    return ("." in text and len(digits) in _FLOAT_DIGITS) or _POWER.fullmatch(text) is not None


def _drawn(values: Floats) -> pa.Array:
    sizes = np.abs(values)
    counted = np.isfinite(values) & (sizes > 0)
    # Nought and what is not finite have no logarithm, so 1 stands for them until they are drawn apart.
    digits, exponents = _significant(np.where(counted, sizes, 1.0))
    places = _DIGITS - 1 - exponents
    powered = counted & ((sizes >= _LARGEST_PLAIN) | (exponents < _LEAST_PLAIN_EXPONENT))
    # By a power of ten that is exact, the nearest float to the digits: its shortest text is they.
    plain = np.where(places < 0, digits * 10.0, digits / _TENS[np.clip(places, 0, 22) + _MIDDLE])
    # From seven digits before the point on, all of these are shown, though more than six.
    whole = counted & ~powered & (sizes >= 10**_DIGITS)
    plain = np.where(whole, np.floor(sizes + 0.5), np.where(counted & ~powered, plain, 0.0))
    drawn = grouped(_plain_text(plain))
    if powered.any():
        texts = pc.utf8_rtrim(pc.cast(pa.array(digits[powered]), TEXT), "0")
        texts = by_exponent(texts, exponents[powered], _with_power)
        drawn = pc.replace_with_mask(drawn, pa.array(powered), texts)
    if not np.isfinite(values).all():
        drawn = pc.if_else(pa.array(np.isinf(values)), pa.scalar("∞", TEXT), drawn)
        drawn = pc.if_else(pa.array(np.isnan(values)), pa.scalar("NaN", TEXT), drawn)
    return joined(
        pc.if_else(pa.array(values < 0), pa.scalar("-", TEXT), pa.scalar("", TEXT)), drawn
    )


def _plain_text(values: Floats) -> pa.Array:
    is_whole = values == np.floor(values)
    # Arrow writes large whole floats with a power of ten; as integers they have none.
    texts = pc.cast(pa.array(np.where(is_whole, values, 0).astype(np.int64)), TEXT)
    if is_whole.all():
        return texts
    return pc.replace_with_mask(
        texts, pa.array(~is_whole), pc.cast(pa.array(values[~is_whole]), TEXT)
    )


def _significant(sizes: Floats) -> tuple[Whole, Whole]:
    """Return the six digits of positive floats as whole numbers, and the power of ten of the first."""
    exponents = np.floor(np.log10(sizes)).astype(np.int64)
    with np.errstate(over="ignore"):
        scaled = _scaled(sizes, _DIGITS - 1 - exponents)
        # The logarithm is a rounded one.
        wrong = (scaled >= 10**_DIGITS).astype(np.int64) - (scaled < 10 ** (_DIGITS - 1))
        exponents += wrong
        if wrong.any():
            scaled = _scaled(sizes, _DIGITS - 1 - exponents)
    tiny = sizes < _LEAST_SCALED
    rounded = np.floor(np.where(tiny, 0.0, scaled) + 0.5).astype(np.int64)
    unsure = tiny | (np.abs(scaled % 1 - 0.5) < _UNSURE)
    for place in np.flatnonzero(unsure).tolist():
        exact = Context(_DIGITS, ROUND_HALF_UP).create_decimal(Decimal(float(sizes[place])))
        if tiny[place]:
            # As the browser does: of the float that these digits stand for, the shortest ones.
            exact = Decimal(repr(float(exact)))
        rounded[place] = int(exact.scaleb(_DIGITS - 1 - exact.adjusted()))
        exponents[place] = exact.adjusted()
    carried = rounded >= 10**_DIGITS
    rounded[carried] //= 10
    return rounded, exponents + carried


def _scaled(sizes: Floats, powers: Whole) -> Floats:
    """Return floats times powers of ten, in two steps, because one may be no float."""
    half = powers // 2
    scaled: Floats = sizes * _TENS[half + _MIDDLE] * _TENS[powers - half + _MIDDLE]
    return scaled


def _with_power(digits: pa.Array, exponent: int) -> pa.Array:
    return joined(placed(digits, 0), f"e{exponent:+d}")
