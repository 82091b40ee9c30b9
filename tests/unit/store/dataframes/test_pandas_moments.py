"""Days and moments as PostgreSQL writes them: exact in pandas, or the text that was given, told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.pandas_cells import ColumnCells, ColumnOptions
from rtwidget.store.dataframes.pandas_moments import date_series, moment, moment_series


def column(cells: Sequence[Cell], kind: Kind) -> tuple[pd.Series[Any], list[str]]:
    """Return the series of these cells, and what was told of it."""
    told: list[str] = []
    how = ColumnOptions(tell=lambda _name, said: told.append(said))
    of = ColumnCells("c", kind, None, cells, how)
    return (date_series if kind is Kind.DATE else moment_series)(of), told


@pytest.mark.parametrize(
    "text",
    ["now", "today", "2024-01-01", "24-01-01T00:00:00", "2024-01-01 00:00:00", "infinity", "NaT"],
)
def test_what_only_pandas_takes_for_a_moment_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="moment"):
        moment(text)


def test_a_moment_keeps_its_microseconds_and_its_zone() -> None:
    found = moment("2024-02-29T10:00:00.000001+05:30")
    assert found == pd.Timestamp("2024-02-29T04:30:00.000001Z")
    assert moment("2024-02-29T10:00:00").tz is None


def test_moments_are_exact_and_in_utc_where_they_have_a_zone() -> None:
    found, told = column(["9999-12-31T23:59:59.999999", None], Kind.TIMESTAMP)
    assert str(found.dtype) == "datetime64[us]"
    assert found[0] == pd.Timestamp("9999-12-31T23:59:59.999999")
    assert found[1] is pd.NaT
    zoned, also = column(
        ["2024-02-29T10:00:00.5+05:30", "2024-02-29T10:00:00+00:00", None], Kind.TIMESTAMPTZ
    )
    assert str(zoned.dtype) == "datetime64[us, UTC]"
    assert zoned[0] == pd.Timestamp("2024-02-29T04:30:00.5Z")
    assert zoned[1] == pd.Timestamp("2024-02-29T10:00:00Z")
    assert told + also == []


@pytest.mark.parametrize("odd", ["infinity", "0044-03-15T00:00:00 BC", "294276-12-31T23:59:59"])
@pytest.mark.parametrize("kind", [Kind.TIMESTAMP, Kind.TIMESTAMPTZ])
def test_a_moment_that_pandas_cannot_hold_stays_text_and_is_told_once(odd: str, kind: Kind) -> None:
    zone = "" if kind is Kind.TIMESTAMP else "+00:00"
    found, told = column([f"2024-01-01T00:00:00{zone}", odd, odd, None], kind)
    assert str(found.dtype) == "object"
    assert found.tolist() == [pd.Timestamp(f"2024-01-01T00:00:00{zone}"), odd, odd, None]
    assert len(told) == 1
    assert odd in told[0]


def test_days_are_objects_of_python_and_odd_ones_stay_text() -> None:
    found, told = column([str(date.min), None, "0044-03-15 BC", "infinity"], Kind.DATE)
    assert found.tolist() == [date.min, None, "0044-03-15 BC", "infinity"]
    assert len(told) == 1
    assert "0044-03-15 BC" in told[0]
