"""One column of a snapshot as a pandas Series, its cells looked at one by one: which dtype, and how nulls and odd values are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.store.arrow import dtype_warnings
from rtwidget.store.cells.exact_numbers import number_text, reads_back, rounds
from rtwidget.store.cells.json_text import FLOAT_ARRAYS, Floats, array_of, json_text
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.pandas_cells import (
    DECIMALS,
    KEPT_AS_TEXT,
    OBJECTS,
    TEXT_DTYPE,
    ColumnCells,
    float_series,
)
from rtwidget.store.dataframes.pandas_moments import date_series, moment_series
from rtwidget.store.order.column_values import two_sorts

_NUMBERS: Final = frozenset({Kind.INT, Kind.FLOAT, Kind.NUMERIC})
_INT64: Final = range(-(2**63), 2**63)
_WHOLE: Final = re.compile(r"-?\d{1,4300}", re.ASCII)
_TEXTS: Final = frozenset({str, JsonText, type(None)})


def series(of: ColumnCells) -> pd.Series[Any]:
    """Return a column's cells as a Series with a fresh range index."""
    try:
        return _MAKERS.get(of.kind, _text)(of)
    except (ValueError, ArithmeticError):
        # Not all of its kind: no type was named, or another one than the values have, or it was changed under us.
        return _as_given(of)


def _as_given(of: ColumnCells) -> pd.Series[Any]:
    """Return each cell as the Python object nearest to its JSON."""
    some, other = two_sorts(of.cells)
    if some is other:
        of.say(dtype_warnings.unfit(of.name, some, of.declared or of.kind, OBJECTS))
    else:
        of.say(dtype_warnings.mixed(of.name, (some, other), OBJECTS))
    return of.series([_object(cell, of.kind) for cell in of.cells], "object")


def _object(cell: Cell, kind: Kind) -> Any:  # noqa: ANN401
    # A text in a column of numbers that is one is not left to be joined to others by a sum.
    text = number_text(cell) if kind in _NUMBERS or isinstance(cell, NumberText) else None
    if text is None or type(cell) is int:
        return str(cell) if isinstance(cell, JsonText) else cell
    try:
        return float(text) if reads_back(text) else Decimal(text)
    except ArithmeticError:
        return str(cell)


def _text(of: ColumnCells) -> pd.Series[Any]:
    # Numbers beside texts must not silently become text.
    if not _TEXTS.issuperset(map(type, of.cells)):
        raise ValueError("not all are text")
    return of.series([None if cell is None else str(cell) for cell in of.cells], TEXT_DTYPE)


def _json(of: ColumnCells) -> pd.Series[Any]:
    return of.series([json_text(cell) for cell in of.cells], TEXT_DTYPE)


def _int(of: ColumnCells) -> pd.Series[Any]:
    values = [_whole(cell) for cell in of.cells]
    # pandas would make floats of them.
    if any(value is not None and value not in _INT64 for value in values):
        return of.series(values, "object")
    if of.how.nullable or any(value is None for value in values):
        return pd.Series(pd.array(values, dtype="Int64"), name=of.name)
    return of.series(values, "int64")


def _whole(cell: Cell) -> int | None:
    if cell is None or type(cell) is int:
        return cell
    # Some servers write bigint as text, for the sake of JavaScript.
    if type(cell) is str and _WHOLE.fullmatch(cell):
        return int(cell)
    raise ValueError("not an int")


def _float(of: ColumnCells) -> pd.Series[Any]:
    return _floats(of, rounds, dtype_warnings.too_great)


def _number(of: ColumnCells) -> pd.Series[Any]:
    if of.how.numeric == "float":
        return _floats(of, reads_back, dtype_warnings.inexact)
    return of.series([None if text is None else Decimal(text) for text in _numbers(of)], "object")


def _floats(
    of: ColumnCells, fits: Callable[[str], bool], warning: Callable[[str, str], str]
) -> pd.Series[Any]:
    texts = _numbers(of)
    if all(text is None or fits(text) for text in texts):
        values = np.array([float("nan") if text is None else float(text) for text in texts])
        nulls = [text is None for text in texts]
        return float_series(of.name, values, nulls, nullable=of.how.nullable)
    decimals = [None if text is None else Decimal(text) for text in texts]
    of.say(warning(of.name, DECIMALS))
    return of.series(decimals, "object")


def _numbers(of: ColumnCells) -> list[str | None]:
    texts = [number_text(cell) for cell in of.cells]
    if any((text is None) != (cell is None) for text, cell in zip(texts, of.cells, strict=True)):
        raise ValueError("not all are numbers")
    return texts


def _bool(of: ColumnCells) -> pd.Series[Any]:
    if not all(cell is None or isinstance(cell, bool) for cell in of.cells):
        raise ValueError("not a bool")
    nulls = any(cell is None for cell in of.cells)
    return of.series(of.cells, "boolean" if nulls or of.how.nullable else "bool")


def _array(of: ColumnCells) -> pd.Series[Any]:
    """Return arrays as lists where their type is known, and else as JSON."""
    # An array and a JSON value look the same, so nobody can say which it is.
    if of.declared is None:
        return _json(of)
    rounding = of.declared in FLOAT_ARRAYS
    if of.how.numeric == "float" or rounding:
        make = Floats(rounding=rounding)
        found = _lists(of, make)
        if not make.changed:
            return found
        warning = dtype_warnings.too_great if rounding else dtype_warnings.inexact
        of.say(warning(of.name, f"lists with {DECIMALS}"))
    return _lists(of, Decimal)


def _lists(of: ColumnCells, number: Callable[[str], Any]) -> pd.Series[Any]:
    values: list[Any] = []
    unfit: Cell = None
    for cell in of.cells:
        try:
            values.append(None if cell is None else array_of(str(cell), str(of.declared), number))
        except ValueError:
            values.append(_object(cell, of.kind))
            unfit = cell if unfit is None else unfit
    if unfit is not None:
        of.say(dtype_warnings.unfit(of.name, unfit, "a list", KEPT_AS_TEXT))
    return of.series(values, "object")


_MAKERS: Final[dict[Kind, Callable[[ColumnCells], pd.Series[Any]]]] = {
    Kind.INT: _int,
    Kind.FLOAT: _float,
    Kind.NUMERIC: _number,
    Kind.BOOL: _bool,
    Kind.DATE: date_series,
    Kind.JSON: _json,
    Kind.ARRAY: _array,
    Kind.TIMESTAMP: moment_series,
    Kind.TIMESTAMPTZ: moment_series,
}
