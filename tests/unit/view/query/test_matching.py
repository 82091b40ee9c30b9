"""To look through many rows takes the steps of Arrow, not those of Python."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.query.arrangement import arrange
from rtwidget.view.query.view_query import ViewQuery
from tests.unit.store.snapshots import snapshot_of
from tests.unit.view.query.looking import NEW_YORK, numbers


def big(rows: int) -> Snapshot:
    """Return a table with a column of each kind that is drawn in a way of its own."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    at: list[Cell] = [(start + timedelta(hours=hour)).isoformat() for hour in range(rows)]
    whole: list[Cell] = [7919 * place for place in range(rows)]
    floats = numbers(*[repr(place / 7 + 0.01) for place in range(rows)])
    shares = numbers(*[f"{place}.{place % 90 + 10}" for place in range(rows)])
    texts: list[Cell] = [f"é {place}\t{place % 7}" for place in range(rows)]
    return snapshot_of(
        {"at": at, "n": whole, "x": floats, "share": shares, "name": texts},
        {"at": "timestamptz", "n": "int8", "x": "float8", "share": "numeric", "name": "text"},
    )


def calls(work: Any) -> int:
    """Return how many Python functions are called by some work."""
    count = 0

    def note(_frame: FrameType, event: str, _about: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("typed", ["2026-01-03 2", "1,9", "12.5", "1 4", "%", "2.4%", "null"])
def test_to_look_through_more_rows_takes_no_more_steps_of_python(typed: str) -> None:
    few, many = big(1_500), big(6_000)
    query = ViewQuery((), (), typed, NEW_YORK)
    arrange(few, query)
    small, large = (calls(lambda some=some: arrange(some, query)) for some in (few, many))
    # Zones are looked up once for each eight days, and powers of ten are drawn one by one.
    assert large < 2 * small + 2_000
