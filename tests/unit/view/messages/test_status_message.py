"""The status as the browser gets it."""

from __future__ import annotations

from datetime import UTC, datetime

from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import Problem, State
from rtwidget.view.messages.status_message import status_message


def test_a_status_travels_as_plain_numbers() -> None:
    since = datetime(2024, 2, 29, tzinfo=UTC)
    problem = Problem("Nobody answers.", "Wait.")
    polling = Status(
        State.POLLING, since, rows=3, retry_at=since, attempt=2, error=problem, interval_s=5.0
    )
    sent = status_message(polling)
    assert sent.pop("sent_at") > since.timestamp()
    assert sent == {
        "state": "polling",
        "since": since.timestamp(),
        "rows": 3,
        "verified_at": None,
        "lag_ms": None,
        "attempt": 2,
        "retry_at": since.timestamp(),
        "expected_rows": None,
        "error": {"message": "Nobody answers.", "hint": "Wait."},
        "poll_every_s": 5.0,
    }


def test_only_a_polling_table_says_how_often_it_polls() -> None:
    live = Status(State.LIVE, datetime.now(UTC), interval_s=60.0)
    assert status_message(live)["poll_every_s"] is None
    assert status_message(live)["error"] is None
