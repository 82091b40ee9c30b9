"""Numbers as `formats=` asks for, in the manner of d3; the browser draws them by the same rules (`js/src/cells/numberSpec.ts`)."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.snapshot import as_mask
from rtwidget.view.browser_text.digits import by_exponent, grouped, joined, placed, pointed

NUMBER_FORMAT: Final = r"([+-]?)([^\w,.%\s()<>=^~+-]?)(,?)(?:\.(\d{1,2}))?([fds%]?)"
"""A plus, a symbol such as $, separators, decimals and a type; other marks mean something else to d3."""
EXACT: Final = "exact"
"""The format of numbers that show every digit."""
# More is refused by older browsers (`js/src/cells/numberSpec.ts`).
_MOST_DECIMALS: Final = 20
# A decimal of 256 bits has 76 digits: half of them before the point, half behind it.
_SCALE: Final = 38
_EXACT: Final = pa.decimal256(2 * _SCALE, _SCALE)
_WHOLE: Final = pa.decimal256(2 * _SCALE, 0)
# One digit before the point stays free for what rounding carries.
_FITS: Final = r"^-?(\d{1,37}(\.\d+)?|\d(\.\d{1,17})?e(\+?([0-2]?\d|3[0-6])|-([01]?\d|20)))$"
"""Numbers that decimals of that size can hold; of longer fractions the digits that count."""
_TINY: Final = r"^(-?)\d(\.\d+)?e-(2[1-9]|[3-9]\d|\d{3})$"
"""Numbers of which no decimal that is drawn is other than nought."""
_LETTERS: Final = ("", "K", "M", "B", "T")
_THOUSAND: Final = 3


def formatted(numbers: pa.Array, spec: str) -> pa.Array:
    """Return numbers as a format asks for; what is no number, or one of more than 37 digits before its point, stays as it is (any thread).

    Args:
        numbers: Their text, without nulls.
        spec: One that `NUMBER_FORMAT` matches.
    """
    found = re.fullmatch(NUMBER_FORMAT, spec)
    if found is None:
        return numbers
    plus, symbol, comma, digits, type_ = found.groups()
    if type_ != "s":
        # Group 1 and a nought: a reference of Arrow's has one digit. The sign is needed where a plus is asked for.
        numbers = pc.replace_substring_regex(numbers, _TINY, r"\10")
    fits = pc.match_substring_regex(numbers, _FITS)
    texts = numbers.filter(fits)
    # Arrow casts no text with more decimals than the type has.
    cut = pc.replace_substring_regex(texts, r"(\.\d{38})\d+$", r"\1")
    sizes = pc.abs(pc.cast(cut, _EXACT))
    wanted = None if digits is None else int(digits)
    if type_ == "s":
        body, letters = _compact(sizes, min(wanted or 3, _MOST_DECIMALS + 1))
    else:
        body, letters = _fixed(sizes, wanted, type_), "%" if type_ == "%" else ""
    body = joined(grouped(body) if comma else body, letters)
    is_negative = pc.starts_with(texts, "-")
    if plus != "+":
        # Where a plus is asked for too, the sign tells which side of nought was rounded.
        is_negative = pc.and_(is_negative, pc.match_substring_regex(body, "[1-9]"))
    front = [pa.scalar(sign + symbol, TEXT) for sign in ("-", "+" if plus == "+" else "")]
    front = pc.if_else(is_negative, *front)
    return pc.replace_with_mask(numbers, fits, joined(front, body))


def _fixed(sizes: pa.Array, wanted: int | None, type_: str) -> pa.Array:
    if type_ == "d":
        wanted = 0
    # The defaults of d3: six decimals, or, without a type, as many as the number has.
    decimals = (_MOST_DECIMALS if type_ == "" else 6) if wanted is None else wanted
    decimals = min(decimals, _MOST_DECIMALS)
    body = pointed(_digits(sizes, decimals + (2 if type_ == "%" else 0)), decimals)
    return body if wanted is not None else pc.utf8_rtrim(pc.utf8_rtrim(body, "0"), ".")


def _digits(sizes: pa.Array, decimals: int) -> pa.Array:
    """Return numbers, rounded to some decimals, as whole numbers of the last of them."""
    rounded = pc.round(sizes, ndigits=decimals, round_mode="half_towards_infinity")
    # The same bits without a scale are the number in units of its last decimal.
    return pc.cast(pc.cast(rounded, pa.decimal256(2 * _SCALE, decimals)).view(_WHOLE), TEXT)


def _compact(sizes: pa.Array, significant: int) -> tuple[pa.Array, pa.Array]:
    """Return numbers of so many digits at most, each with the letter of its thousands."""
    exponents = _exponents(sizes)
    rounded = sizes
    for exponent in np.unique(exponents).tolist():
        here = pa.array(exponents == exponent)
        decimals = significant - 1 - exponent
        values = pc.round(sizes.filter(here), ndigits=decimals, round_mode="half_towards_infinity")
        rounded = pc.replace_with_mask(rounded, here, values)
    # Rounding may carry into the next power of ten, and with it into the next letter: 999.6 is 1K.
    exponents = _exponents(rounded)
    digits = pc.utf8_rtrim(_digits(rounded, _SCALE), "0")
    steps = np.clip(exponents // _THOUSAND, 0, len(_LETTERS) - 1)
    letters = pa.array(_LETTERS, TEXT).take(pa.array(steps))
    return by_exponent(digits, exponents - _THOUSAND * steps, placed), letters


def _exponents(sizes: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the power of ten of the first digit of each number; nought has that of one."""
    lengths = np.asarray(pc.utf8_length(_digits(sizes, _SCALE))).astype(np.int64)
    return np.where(
        as_mask(pc.equal(sizes, pa.scalar(0).cast(sizes.type))), 0, lengths - 1 - _SCALE
    )
