"""Numbers as the database writes them: from text to cells, and from floats back to their text."""

from __future__ import annotations

from typing import Final

from rtwidget.replica.keys import Cell, NumberText

NOT_NUMBERS: Final = frozenset({"NaN", "Infinity", "-Infinity"})
"""What PostgreSQL writes in quotes in JSON, because JSON has no such numbers."""

INTEGER_DIGITS: Final = 4_300
"""int() refuses longer ones, and no integer column has them."""
_SPECIAL: Final = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
_PLAIN_EXPONENTS: Final = range(-4, 15)
"""Outside of these, PostgreSQL writes a float8 with an exponent (float8out)."""


def number_cell(text: str) -> Cell:
    """Return the cell of a number's text: an int where it is a whole one, and else the text with every digit."""
    if text in NOT_NUMBERS:
        return text
    # A float's negative zero is an integer literal that int() would lose.
    if text.lstrip("-").isdigit() and text != "-0" and len(text) <= INTEGER_DIGITS:
        return int(text)
    return NumberText(text)


def float_text(value: float) -> str:
    """Return a float8 as PostgreSQL writes it: the shortest digits that read back as the same float."""
    text = repr(value)
    if text in _SPECIAL:
        return _SPECIAL[text]
    digits, _, exponent = text.partition("e")
    # Python writes plain digits below 1e16, PostgreSQL below 1e15.
    if not exponent and abs(value) >= 10.0**_PLAIN_EXPONENTS.stop:
        return _scientific(digits)
    return text.removesuffix(".0")


def _scientific(digits: str) -> str:
    sign, whole = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, fraction = whole.partition(".")
    rest = (whole[1:] + fraction).rstrip("0")
    return f"{sign}{whole[0]}{'.' if rest else ''}{rest}e+{len(whole) - 1:02d}"
