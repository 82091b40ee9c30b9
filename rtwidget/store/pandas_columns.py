"""One column of a snapshot as a pandas Series: which dtype, and how nulls and odd values are kept."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from rtwidget.replica.keys import JsonText, NumberText
from rtwidget.store.kinds import Kind

NumericAs = Literal["float", "decimal"]
PANDAS_3: Final = int(pd.__version__.split(".")[0]) >= 3  # noqa: PLR2004
TEXT_DTYPE: Final = "str" if PANDAS_3 else "object"
_UTC_SUFFIX: Final = "+00:00"
_INT64: Final = range(-(2**63), 2**63)


def series(
    name: str, kind: Kind, declared: str | None, cells: Sequence[Any], numeric: NumericAs
) -> pd.Series[Any]:
    """Return a column's cells as a Series with a fresh range index.

    Args:
        name: The column's name.
        kind: Its kind.
        declared: Its SQL type, or None when that is only inferred.
        cells: Its cells, in order.
        numeric: Whether numbers with a fraction become float64 or exact Decimals.
    """
    try:
        if kind is Kind.ARRAY and declared is not None:
            return pd.Series([_array(cell, numeric) for cell in cells], name=name, dtype="object")
        return _MAKERS.get(kind, _text)(name, cells, numeric)
    except (ValueError, ArithmeticError):
        # The column's type was changed under us; until the columns are described again its values are text.
        return _text(name, cells, numeric)


def _text(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    texts = [None if cell is None else _plain(cell) for cell in cells]
    return pd.Series(texts, name=name, dtype=TEXT_DTYPE)


def _json(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    return pd.Series([_json_text(cell) for cell in cells], name=name, dtype=TEXT_DTYPE)


def _json_text(cell: Any) -> str | None:  # noqa: ANN401
    """Return a cell of a JSON column as JSON: a string among the values gets its quotes back."""
    if cell is None or isinstance(cell, JsonText | NumberText):
        return None if cell is None else str(cell)
    return json.dumps(cell, ensure_ascii=False)


def _plain(cell: Any) -> str:  # noqa: ANN401
    """Return a cell as an ordinary str; a JSON scalar among JSON values is written as JSON."""
    if isinstance(cell, bool | int):
        return json.dumps(cell)
    return str(cell)


def _int(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    if not all(cell is None or isinstance(cell, int) for cell in cells):
        raise ValueError("not an int")
    if any(cell is not None and cell not in _INT64 for cell in cells):
        return pd.Series(cells, name=name, dtype="object")
    if any(cell is None for cell in cells):
        return pd.Series(pd.array(list(cells), dtype="Int64"), name=name)
    return pd.Series(cells, name=name, dtype="int64")


def _float(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    values = [float("nan") if cell is None else float(cell) for cell in cells]
    return pd.Series(values, name=name, dtype="float64")


def _number(name: str, cells: Sequence[Any], numeric: NumericAs) -> pd.Series[Any]:
    if numeric == "float":
        return _float(name, cells, numeric)
    values = [None if cell is None else Decimal(cell) for cell in cells]
    return pd.Series(values, name=name, dtype="object")


def _bool(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    if not all(cell is None or isinstance(cell, bool) for cell in cells):
        raise ValueError("not a bool")
    dtype = "boolean" if any(cell is None for cell in cells) else "bool"
    return pd.Series(cells, name=name, dtype=dtype)


def _date(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    values = [_parsed(cell, date.fromisoformat) for cell in cells]
    _warn_if_kept(name, values)
    return pd.Series(values, name=name, dtype="object")


def _timestamp(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    return _moments(name, cells, utc=False)


def _timestamptz(name: str, cells: Sequence[Any], _numeric: NumericAs) -> pd.Series[Any]:
    return _moments(name, cells, utc=True)


def _moments(name: str, cells: Sequence[Any], *, utc: bool) -> pd.Series[Any]:
    try:
        texts = ["NaT" if cell is None else _without_zone(str(cell), utc=utc) for cell in cells]
        moments: pd.Series[Any] = pd.Series(np.array(texts, dtype="datetime64[us]"), name=name)
    except ValueError:
        # infinity, BC, and years that pandas cannot hold: the column keeps what it was given.
        values = [_parsed(cell, pd.Timestamp) for cell in cells]
        _warn_if_kept(name, values)
        return pd.Series(values, name=name, dtype="object")
    return moments.dt.tz_localize("UTC") if utc else moments


def _without_zone(text: str, *, utc: bool) -> str:
    """Return a moment in UTC as ISO text; servers write UTC unless their time zone was changed."""
    if not utc or text.endswith(_UTC_SUFFIX):
        return text.removesuffix(_UTC_SUFFIX) if utc else text
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None).isoformat()


def _parsed(cell: Any, parse: Callable[[str], Any]) -> Any:  # noqa: ANN401
    if cell is None:
        return None
    try:
        return parse(str(cell))
    except (ValueError, OverflowError):
        return str(cell)


def _warn_if_kept(name: str, values: Sequence[Any]) -> None:
    kept = next((value for value in values if isinstance(value, str)), None)
    if kept is not None:
        warnings.warn(
            f"Column {name!r} holds {kept!r}, which pandas cannot hold as a date or time, "
            "so the column has dtype object and such values stay text.",
            stacklevel=2,
        )


def _array(cell: Any, numeric: NumericAs) -> Any:  # noqa: ANN401
    if cell is None:
        return None
    return json.loads(cell, parse_float=Decimal if numeric == "decimal" else float)


_MAKERS: Final[dict[Kind, Callable[[str, Sequence[Any], NumericAs], pd.Series[Any]]]] = {
    Kind.INT: _int,
    Kind.FLOAT: _float,
    Kind.NUMERIC: _number,
    Kind.BOOL: _bool,
    Kind.DATE: _date,
    Kind.JSON: _json,
    Kind.TIMESTAMP: _timestamp,
    Kind.TIMESTAMPTZ: _timestamptz,
}
