"""Transactions against snapshots, with numbers that have wrapped around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.capture.snapshot_visibility import are_visible


@pytest.mark.parametrize(
    ("xids", "snapshot", "expected"),
    [
        ({5}, "6:6:", True),
        ({6}, "6:6:", False),
        ({5}, "5:9:5,7", False),
        ({6, 8}, "5:9:5,7", True),
        ({6, 7}, "5:9:5,7", False),
        (set(), "5:9:5,7", True),
        ({4294967295}, "4294967300:4294967300:", True),
        ({3}, "4294967295:4294967295:", False),
    ],
)
def test_known_snapshots(*, xids: set[int], snapshot: str, expected: bool) -> None:
    assert are_visible(frozenset(xids), snapshot) is expected


@given(limit=st.integers(2**33, 2**60), age=st.integers(1, 2**20), runs=st.booleans())
def test_short_numbers_stand_for_recent_transactions(*, limit: int, age: int, runs: bool) -> None:
    xid = limit - age
    snapshot = f"{xid}:{limit}:{xid if runs else ''}"
    assert are_visible(frozenset([xid % 2**32]), snapshot) is not runs
