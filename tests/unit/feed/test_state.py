"""What the tasks of a feed share, and what each change of it is told to listeners."""

from __future__ import annotations

import pytest

from rtwidget.errors import (
    PermissionDeniedError,
    ReadTooLargeError,
    RtwidgetError,
    UnreachableError,
)
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.state import FeedState
from rtwidget.feed.status import Status, utc
from rtwidget.replica.delta import Delta
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.lifecycle import Event
from rtwidget.replica.states.table_state import State
from tests.unit.feed.listener import Ear

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
STREAM = RetryableFailure(UnreachableError("No stream."), 1, 20.0)
READS = RetryableFailure(UnreachableError("No reads."), 3, 30.0)


class Log(Ear):
    """Notes everything in the order in which it is told."""

    def __init__(self, state: FeedState) -> None:
        super().__init__()
        self.heard: list[object] = []
        self._state = state
        state.listeners.append(self)

    def changed(self, delta: Delta) -> None:
        self.heard.append(delta)

    def told(self, status: Status, error: RtwidgetError | None) -> None:
        self.heard.append(("told", status.verified_at, len(self._state.rows)))

    def emptied(self) -> None:
        self.heard.append("emptied")


@pytest.fixture
async def state() -> FeedState:
    made = FeedState(lambda: 10.0, PassPlan())
    made.reset("the first read", SCHEMA)
    for event in (Event.STREAM_LIVE, Event.ROWS_ARRIVED, Event.PASS_COMPLETED):
        made.apply(event)
    return made


def shown_error(state: FeedState) -> str | None:
    error = state.status.error
    return None if error is None else error.message


def table_state(state: FeedState) -> State:
    return state.status.state


async def test_the_failure_that_is_shown_is_what_matters_most(state: FeedState) -> None:
    found = [shown_error(state)]
    state.stream_failure = STREAM
    found.append(shown_error(state))
    state.replica.invalidate([(7,)])
    state.cannot_read((7,), ReadTooLargeError("Too large."))
    found.append(shown_error(state))
    state.reads_failure = READS
    found.append(shown_error(state))
    assert (state.status.attempt, state.status.retry_at) == (3, utc(30.0))
    state.failure = PermissionDeniedError("No.", "Grant it.")
    found.append(shown_error(state))
    assert (state.status.attempt, state.status.retry_at) == (0, None)
    assert found == [None, "No stream.", "Too large.", "No reads.", "No."]


async def test_a_table_with_a_row_that_is_too_large_is_offline_until_that_is_read(
    state: FeedState,
) -> None:
    state.replica.invalidate([(7,)])
    state.cannot_read((7,), ReadTooLargeError("Too large."))
    assert table_state(state) is State.OFFLINE
    assert state.wake_keys.is_set()
    # Other reads work, but the answer is not whole.
    state.apply(Event.READS_WORK)
    assert table_state(state) is State.OFFLINE
    state.replica.dirty.clear()
    state.settle_oversized()
    assert table_state(state) is State.LIVE


async def test_a_reset_takes_back_that_rows_are_verified_before_they_go(state: FeedState) -> None:
    state.rows.put((1,), (1, "one"), 1)
    state.verified_at = 5.0
    log, before = Log(state), state.revision
    state.reset("another identity", SCHEMA)
    assert log.heard == [("told", None, 1), "emptied", ("told", None, 0)]
    assert state.revision > before
    assert state.expected_rows is None


async def test_changes_are_published_and_nothing_is_not(state: FeedState) -> None:
    log, before = Log(state), state.revision
    state.publish(Delta())
    assert (log.heard, state.revision) == ([], before)
    delta = Delta(inserted={(1,)})
    state.publish(delta)
    assert (log.heard, state.revision) == ([delta], before + 1)


async def test_what_passes_after_the_first_one_find_is_counted_as_repaired(
    state: FeedState,
) -> None:
    state.publish_repair(Delta(inserted={(1,), (2,)}))
    assert state.stats.repaired_rows == 0
    state.stats.passes = 1
    state.publish_repair(Delta({(3,)}, {(1,): frozenset({1})}, {(2,)}))
    assert state.stats.repaired_rows == 3


async def test_snapshots_of_one_revision_are_one(state: FeedState) -> None:
    state.rows.put((1,), (1, "one"), 1)
    state.publish(Delta(inserted={(1,)}))
    first = state.snapshot()
    assert state.snapshot() is first
    state.rows.put((1,), (1, "uno"), 2)
    state.publish(Delta(updated={(1,): frozenset({1})}))
    assert state.snapshot().rows == ((1, "uno"),)
    assert first.rows == ((1, "one"),)


async def test_the_version_column_is_found_by_its_name(state: FeedState) -> None:
    assert state.version_position is None
    state.version_column = "name"
    assert state.version_position == 1
