"""Digits as people read them: separators between thousands, points, powers of ten; on arrays of text without nulls, for any thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.order.text_key import text_buffers
from rtwidget.store.snapshot import as_mask

PLAIN: Final = r"^-?\d+(\.\d+)?$"
_GROUP: Final = 3
_COMMA: Final = ord(",")
_MINUS: Final = ord("-")


def joined(*pieces: pa.Array | str) -> pa.Array:
    """Return texts put together of pieces; a text among them stands in every one."""
    texts = [pa.scalar(piece, TEXT) if isinstance(piece, str) else piece for piece in pieces]
    return pc.binary_join_element_wise(*texts, pa.scalar("", TEXT))


def grouped(numbers: pa.Array) -> pa.Array:
    """Return decimals with separators between thousands; what is none stays as it is."""
    plain = as_mask(pc.match_substring_regex(numbers, PLAIN))
    starts, data = text_buffers(numbers)
    points = np.asarray(pc.find_substring(numbers, "."))
    ends = np.where(points < 0, starts[1:], starts[:-1] + points)
    # The bytes of an empty last text begin where the data ends, so there has to be one more.
    first = np.append(data, np.uint8(0))[starts[:-1]]
    digits = ends - starts[:-1] - (first == _MINUS)
    commas = np.where(plain, np.maximum(digits - 1, 0) // _GROUP, 0)
    total = np.concatenate([[0], np.cumsum(commas)])
    # Of the commas of a number, the first one stands before the most groups.
    behind = np.repeat(total[1:], commas) - np.arange(total[-1])
    places = np.repeat(ends, commas) - _GROUP * behind
    # The commas go straight into the bytes of all numbers, which takes no step of Python's for each.
    buffers = [None, pa.py_buffer(starts + total), pa.py_buffer(np.insert(data, places, _COMMA))]
    return pa.Array.from_buffers(TEXT, len(numbers), buffers)


def pointed(whole: pa.Array, decimals: int) -> pa.Array:
    """Return whole numbers, none of them negative, with so many of their digits behind a point."""
    if not decimals:
        return whole
    padded = pc.utf8_lpad(whole, decimals + 1, "0")
    front = pc.utf8_slice_codeunits(padded, 0, -decimals)
    return joined(front, ".", pc.utf8_slice_codeunits(padded, -decimals, None))


def placed(digits: pa.Array, exponent: int) -> pa.Array:
    """Return numbers by their significant digits, of which the first one counts as this power of ten: 125 and 1 are 12.5."""
    if exponent < 0:
        return joined("0." + "0" * (-exponent - 1), digits)
    # Where the whole part has more places than there are digits, the others are noughts.
    padded = pc.utf8_rpad(digits, exponent + 1, "0")
    front = pc.utf8_slice_codeunits(padded, 0, exponent + 1)
    rest = pc.utf8_slice_codeunits(padded, exponent + 1, None)
    points = pc.if_else(pc.equal(rest, ""), pa.scalar("", TEXT), pa.scalar(".", TEXT))
    return joined(front, points, rest)


def by_exponent(
    digits: pa.Array,
    exponents: npt.NDArray[np.int64],
    draw: Callable[[pa.Array, int], pa.Array],
) -> pa.Array:
    """Return what is drawn of numbers, those of one power of ten together, because there are few of these.

    Args:
        digits: The digits of each number.
        exponents: For each, the power of ten of its first digit.
        draw: Called for each power of ten with the digits of all its numbers; returns as many texts.
    """
    drawn = digits
    for exponent in np.unique(exponents).tolist():
        here = pa.array(exponents == exponent)
        drawn = pc.replace_with_mask(drawn, here, draw(digits.filter(here), exponent))
    return drawn
