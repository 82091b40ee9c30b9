"""What a table says of itself, what stays of it when nothing is asked for, and when somebody counts as looking."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rtwidget.errors import UnreachableError
from rtwidget.feed.sharing import table_status
from rtwidget.feed.sharing.table_status import TableStatus
from rtwidget.feed.status import Status
from rtwidget.replica.budgets import READ_RECENTLY_S
from rtwidget.replica.delta import Delta
from rtwidget.replica.states.table_state import Problem, State

THEN = datetime(2024, 2, 29, tzinfo=UTC)
ERROR = UnreachableError("Nobody answers.", "Wait.")
OFFLINE = Status(State.OFFLINE, THEN, 5, verified_at=THEN, attempt=3, retry_at=THEN)


class Follower:
    """Notes what it hears."""

    def __init__(self, *, attentive: bool = False) -> None:
        self.attentive = attentive
        self.heard: list[object] = []

    def changed(self, delta: Delta) -> None:
        self.heard.append(delta)

    def told(self, status: Status) -> None:
        self.heard.append(status)

    def emptied(self) -> None:
        self.heard.append("emptied")


@pytest.fixture
def table() -> TableStatus:
    made = TableStatus()
    made.show(OFFLINE, ERROR)
    return made


def test_everybody_hears_what_is_shown_and_may_read_it_then(table: TableStatus) -> None:
    follower, level = Follower(), table.signal.level
    table.followers.append(follower)
    table.show(OFFLINE, ERROR)
    table.tell_emptied()
    assert (table.status, table.error) == (OFFLINE, ERROR)
    assert follower.heard == [OFFLINE, "emptied"]
    assert table.signal.level == level + 2


def test_a_table_that_asks_for_nothing_keeps_its_rows_and_announces_no_attempt(
    table: TableStatus,
) -> None:
    asleep = Problem("Asleep.", "It wakes.")
    table.show_held(State.PAUSED, asleep)
    held = replace(OFFLINE, state=State.PAUSED, error=asleep, attempt=0, retry_at=None)
    assert table.status == replace(held, since=table.status.since)
    assert table.status.since > THEN
    assert table.error is None


def test_a_failed_table_says_what_to_do_and_has_the_error_to_be_raised(table: TableStatus) -> None:
    table.show_failed(ERROR)
    assert table.error is ERROR
    assert table.status.error == Problem("Nobody answers.", "Wait.")
    assert (table.status.state, table.status.rows) == (State.FAILED, 5)


def test_a_table_that_looks_for_a_feed_says_how_many_rows_it_still_shows(
    table: TableStatus,
) -> None:
    table.show_connecting(4)
    assert (table.status.state, table.status.rows, table.error) == (State.CONNECTING, 4, None)
    # Of the last feed nothing is known any more.
    assert table.status.verified_at is None


def test_somebody_looks_who_read_a_moment_ago_or_follows_with_attention(
    table: TableStatus, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(table_status, "monotonic", lambda: now)
    found = [table.attended]
    table.read_at = now
    found.append(table.attended)
    now = READ_RECENTLY_S
    found.append(table.attended)
    table.followers.append(Follower(attentive=True))
    found.append(table.attended)
    assert found == [False, True, False, True]
