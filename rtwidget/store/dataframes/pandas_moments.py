"""Days and moments as pandas holds them, and those that it cannot hold as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from rtwidget.store.arrow import dtype_warnings
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.pandas_cells import KEPT_AS_TEXT, ColumnCells

_UTC_SUFFIX: Final = "+00:00"
# numpy takes more, such as "now", and turns a year that is too great into another one.
_MOMENT: Final = re.compile(r"\d{4,5}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?", re.ASCII)
_WITH_ZONE: Final = re.compile(_MOMENT.pattern + r"(?:[+-]\d\d(?::\d\d){0,2})?", re.ASCII)


def moment(text: str) -> pd.Timestamp:
    """Return a moment as PostgreSQL writes it in JSON.

    Raises:
        ValueError: When it is none that pandas holds; pandas itself takes more, such as "now".
    """
    if not _WITH_ZONE.fullmatch(text):
        raise ValueError("no moment of PostgreSQL")
    return pd.Timestamp(text)


def date_series(of: ColumnCells) -> pd.Series[Any]:
    """Return days as objects of Python."""
    return _parsed(of, date.fromisoformat, "datetime.date")


def moment_series(of: ColumnCells) -> pd.Series[Any]:
    """Return moments in microseconds, in UTC where they have a zone."""
    utc = of.kind is Kind.TIMESTAMPTZ
    try:
        # All at once by numpy: a Timestamp for each would take many times as long.
        texts = ["NaT" if cell is None else _without_zone(str(cell), utc=utc) for cell in of.cells]
    except (ValueError, OverflowError):
        # infinity, BC, and years that pandas cannot hold: the column keeps what it was given.
        return _parsed(of, moment, "pandas.Timestamp")
    moments: pd.Series[Any] = pd.Series(np.array(texts, dtype="datetime64[us]"), name=of.name)
    return moments.dt.tz_localize("UTC") if utc else moments


def _without_zone(text: str, *, utc: bool) -> str:
    """Return a moment in UTC as ISO text; servers write UTC unless their time zone was changed."""
    plain = text.removesuffix(_UTC_SUFFIX) if utc else text
    if utc and plain == text:
        plain = datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None).isoformat()
    if not _MOMENT.fullmatch(plain):
        raise ValueError("numpy has no such moment")
    return plain


def _parsed(of: ColumnCells, parse: Callable[[str], Any], type_name: str) -> pd.Series[Any]:
    values: list[Any] = []
    unfit: str | None = None
    for cell in of.cells:
        try:
            values.append(None if cell is None else parse(str(cell)))
        except (ValueError, OverflowError):
            values.append(str(cell))
            unfit = str(cell) if unfit is None else unfit
    if unfit is not None:
        of.say(dtype_warnings.unfit(of.name, unfit, type_name, KEPT_AS_TEXT))
    return of.series(values, "object")
