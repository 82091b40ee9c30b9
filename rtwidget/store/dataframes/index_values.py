"""Parts of keys as the index of `t.df` holds them, and back. Pure; any thread."""

from __future__ import annotations

import json
from datetime import UTC, date
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from rtwidget.replica.keys import Cell, JsonText
from rtwidget.store.cells.exact_numbers import number_text, reads_back
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.number_text import float_text, number_cell
from rtwidget.store.dataframes.pandas_cells import NumericAs
from rtwidget.store.dataframes.pandas_moments import moment

_MOMENTS: Final = (Kind.TIMESTAMP, Kind.TIMESTAMPTZ)
_NUMBERS: Final = (Kind.INT, Kind.FLOAT, Kind.NUMERIC)


def index_value(cell: Cell, kind: Kind, numeric: NumericAs) -> Any:  # noqa: ANN401  (whatever pandas holds)
    """Return a part of a key as the index holds it; what pandas cannot hold stays text there and here.

    Args:
        cell: The part.
        kind: Its column's kind.
        numeric: What numbers with a fraction become.
    """
    try:
        if kind is Kind.DATE:
            return date.fromisoformat(str(cell))
        if kind in _MOMENTS:
            found = moment(str(cell)).as_unit("us")
            return found if kind is Kind.TIMESTAMP else found.tz_convert(UTC)
    except (ValueError, OverflowError, TypeError):
        return str(cell)
    text = number_text(cell) if kind in _NUMBERS else None
    # PostgreSQL writes an oid as text in JSON, and some servers bigint.
    if text is None or (kind is Kind.INT and isinstance(number_cell(text), int)):
        return cell if text is None else number_cell(text)
    is_float = kind is Kind.FLOAT or (numeric == "float" and reads_back(text))
    return float(text) if is_float else Decimal(text)


def as_tuple(value: Any) -> Any:  # noqa: ANN401
    """Return an array as tuples, which can be part of an index, and anything else as it is."""
    return tuple(map(as_tuple, value)) if isinstance(value, list) else value


def in_level(value: Any, kind: Kind) -> Any:  # noqa: ANN401
    """Return what `index_value` returned as it stands beside other parts of a key."""
    if kind is not Kind.ARRAY:
        return value
    try:
        return as_tuple(json.loads(value))
    except (ValueError, RecursionError, TypeError):
        return value


def key_part(value: Any, kind: Kind) -> Cell:  # noqa: ANN401
    """Return the part of a key that stands in the index as this value.

    Args:
        value: As the index holds it.
        kind: Its column's kind.
    """
    if isinstance(value, pd.Timestamp):
        utc = value.tz_convert(UTC) if value.tz is not None else value
        # As the database writes it, or the key would not be found.
        text = utc.isoformat()
        main, zone = (text[:-6], text[-6:]) if utc.tz is not None else (text, "")
        return (main.rstrip("0") if "." in main else main) + zone
    if isinstance(value, tuple):
        return JsonText(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return number_cell(str(value))
    if isinstance(value, float) and kind in (Kind.FLOAT, Kind.NUMERIC):
        return number_cell(float_text(float(value)))
    found: Cell = value
    return found
