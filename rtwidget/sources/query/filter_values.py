"""Values of Python, numpy and pandas as the text with which a filter compares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from enum import Enum
from numbers import Number
from uuid import UUID

import numpy as np

from rtwidget.errors import FilterError

# What has a length and is no list of values.
_ONE_VALUE = (str, bytes, bytearray, memoryview, Mapping)
# Below this a float64 has every whole number.
_WHOLE = 2**53


def members(value: object) -> list[object] | None:
    """Return the values of a list, a set, a range, an array, a Series or an Index, or None for a single value (any thread)."""
    several = isinstance(value, Collection | np.ndarray) and not isinstance(value, _ONE_VALUE)
    # A DataFrame is a collection too, of the names of its columns.
    return list(value) if several and getattr(value, "ndim", 1) == 1 else None  # type: ignore[call-overload]


def text_of(column: str, value: object) -> str:
    """Return the text of a single value (any thread).

    Args:
        column: With what it is compared.
        value: The value.

    Raises:
        FilterError: When there is no text that every database reads as this value.
    """
    if isinstance(value, Enum):
        # As text, `str` would give the member's name even where it is a text itself.
        return text_of(column, value.value)
    if isinstance(value, bool | np.bool_):
        # Before numbers, because Python's booleans are some; PostgreSQL writes them in small letters.
        return str(value).lower()
    # The moment that is none (NaT) has the type of one, and is not equal to itself.
    if isinstance(value, datetime | date | time) and value == value:  # noqa: PLR0124
        return value.isoformat()
    if isinstance(value, np.datetime64) and not np.isnat(value):
        return str(value)
    if (
        isinstance(value, float | np.floating)
        and float(value).is_integer()
        and abs(float(value)) < _WHOLE
    ):
        # pandas makes floats of whole numbers beside a missing one, and an integer column reads no `3.0`.
        return str(int(float(value)))
    if isinstance(value, str | Number | UUID):
        return str(value)
    raise FilterError(
        f"The filter on {column!r} cannot compare with {_named(value)}.",
        "Use text, a number, a date, True or False, None, or a list, an array or a Series of these without missing values.",
    )


def _named(value: object) -> str:
    return repr(value) if str(value) in ("NaT", "<NA>") else f"a {type(value).__name__}"
