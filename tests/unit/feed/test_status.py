"""What a table says of itself."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from rtwidget.feed.status import Status, utc
from rtwidget.replica.states.table_state import Problem, State

NOW = datetime.now(UTC)


def test_a_status_tells_what_matters_in_one_line() -> None:
    verified = datetime.now(UTC) - timedelta(seconds=12)
    status = Status(State.LIVE, NOW, rows=12_345, verified_at=verified, lag_ms=81.6)
    assert repr(status) == "<Status live · 12,345 rows · verified 12 s ago · lag 82 ms>"
    assert repr(Status(State.CONNECTING, NOW)) == "<Status connecting · 0 rows>"
    assert "not yet verified" in repr(Status(State.LIVE, NOW))


def test_a_troubled_status_says_what_is_wrong_and_what_to_do() -> None:
    problem = Problem("No answer.", "Check the network.")
    shown = repr(Status(State.OFFLINE, NOW, rows=2, attempt=3, error=problem))
    assert shown == "<Status offline · 2 rows · attempt 3 · No answer. Check the network.>"


def test_a_status_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Status(State.LIVE, NOW).rows = 5  # type: ignore[misc]


def test_moments_are_utc() -> None:
    assert utc(None) is None
    assert utc(0.0) == datetime(1970, 1, 1, tzinfo=UTC)
