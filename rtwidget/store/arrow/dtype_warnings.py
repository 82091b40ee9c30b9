"""What is said when a column comes in another type than one expects, because that type cannot hold its values."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from typing import Final, TypeAlias

from rtwidget.errors import ColumnTypeWarning

Tell: TypeAlias = Callable[[str, str], None]
"""Takes a column's name, and what is to be said of it."""
_MOST_SHOWN: Final = 40
"""Characters of a value in a sentence."""


def warn(_column: str, said: str) -> None:
    """Warn where the caller's own code called this package (any thread)."""
    warnings.warn(said, ColumnTypeWarning, stacklevel=_own_frames() + 1)


def mixed(column: str, values: tuple[object, object], comes_as: str) -> str:
    """Say that a column holds values of several sorts.

    Args:
        column: The column's name.
        values: Two of its values, of different sorts.
        comes_as: What the column comes as.
    """
    some, other = map(_shortened, values)
    return (
        f"Column {column!r} holds {some} and {other}, values of several sorts, so it comes as {comes_as}. "
        f"Name its type, as in `types={_types(column, 'numeric')}`."
    )


def inexact(column: str, comes_as: str) -> str:
    """Say that a column holds numbers of which float64 would make others."""
    return (
        f"Column {column!r} holds numbers that float64 would change, so it comes as {comes_as}. "
        f'Pass `numeric="decimal"` for exact numbers in any case, or `types={_types(column, "float8")}` to have them rounded.'
    )


def too_great(column: str, comes_as: str) -> str:
    """Say that a column declared as float holds numbers beyond any float."""
    return (
        f"Column {column!r} holds numbers beyond the range of float64, so it comes as {comes_as}. "
        f"Declare it as what it is, as in `types={_types(column, 'numeric')}`."
    )


def unfit(column: str, value: object, type_name: str, comes_as: str) -> str:
    """Say that a column holds a value that a type cannot hold.

    Args:
        column: The column's name.
        value: The value.
        type_name: The type that cannot hold it.
        comes_as: What the column comes as.
    """
    return (
        f"Column {column!r} holds {_shortened(value)}, which {type_name} cannot hold, so it comes as {comes_as}. "
        "Leave such rows out by `filter=`, or convert them yourself; numbers are exact in `t.df` with "
        '`numeric="decimal"`.'
    )


def _types(column: str, type_name: str) -> str:
    return json.dumps({column: type_name}, ensure_ascii=False)


def _shortened(value: object) -> str:
    # Our own string types are shown as plain strings.
    text = repr(value) if type(value) in (bool, int) else repr(str(value))
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _own_frames() -> int:
    """Return how many frames of this package the call came through; `warnings` skips them itself from Python 3.12 on."""
    prefix = __name__.partition(".")[0] + "."
    frame, depth = sys._getframe(1), 1  # noqa: SLF001  (the documented way to one's callers)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(prefix):
        frame, depth = frame.f_back, depth + 1
    return depth - 1
