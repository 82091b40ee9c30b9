"""What a table shows: what its feed has, or what was kept when it stopped to follow."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from rtwidget.feed.feed import Feed
from rtwidget.feed.sharing.registry import Lease
from rtwidget.feed.sharing.table_rows import TableRows
from rtwidget.feed.state import FeedState
from rtwidget.feed.stats import Stats
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from tests.unit.feed.listener import Ear

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
LIVE = Status(State.LIVE, datetime(2024, 2, 29, tzinfo=UTC))


class Follower:
    """Notes what it hears."""

    attentive = False

    def __init__(self) -> None:
        self.heard: list[object] = []

    def changed(self, delta: Delta) -> None:
        self.heard.append(delta)

    def told(self, status: Status) -> None:
        self.heard.append(status)

    def emptied(self) -> None:
        self.heard.append("emptied")


def put(state: FeedState, name: str) -> Delta:
    delta = Delta(updated={(1,): frozenset({1})})
    state.rows.put((1,), (1, name), state.revision + 2)
    state.publish(delta)
    return delta


@pytest.fixture
def state() -> FeedState:
    made = FeedState(lambda: 0.0, PassPlan())
    made.reset("the first read", SCHEMA)
    put(made, "one")
    return made


@pytest.fixture
def table(state: FeedState) -> TableRows:
    made = TableRows()
    feed = cast("Feed", SimpleNamespace(state=state))
    made._lease = Lease("key", feed, Ear())
    return made


def test_without_a_feed_there_is_nothing() -> None:
    table = TableRows()
    assert len(table.snapshot()) == 0
    assert table.rows_now().row((1,)) is None
    assert table.stats == Stats()


def test_while_nothing_is_kept_all_that_the_feed_tells_is_passed_on(
    table: TableRows, state: FeedState
) -> None:
    follower = Follower()
    table.followers.append(follower)
    level, delta = table.signal.level, put(state, "uno")
    table.changed(delta)
    table.told(LIVE, None)
    table.emptied()
    assert follower.heard == [delta, LIVE, "emptied"]
    assert table.signal.level == level + 3
    assert table.status is LIVE
    assert table.snapshot().rows == ((1, "uno"),)
    assert table.rows_now() is state.rows


def test_what_is_kept_stays_as_it_stood_and_nobody_hears_of_the_rest(
    table: TableRows, state: FeedState
) -> None:
    table._keep()
    before, follower = table.status, Follower()
    table.followers.append(follower)
    table.changed(put(state, "uno"))
    table.told(LIVE, None)
    table.emptied()
    # What is kept is not kept anew.
    table._keep()
    assert follower.heard == []
    assert table.status is before
    assert table.snapshot().rows == ((1, "one"),)
    assert table.rows_now().row((1,)) == (1, "one")


def test_what_a_feed_has_cost_is_given_as_it_stands_now(table: TableRows, state: FeedState) -> None:
    then = table.stats
    state.stats.passes += 1
    assert (then.passes, table.stats.passes) == (0, 1)
