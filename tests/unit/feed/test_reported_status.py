"""The situation of a feed as it is told: since when, of which failure, and to whom."""

from __future__ import annotations

import pytest

from rtwidget.errors import RtwidgetError, UnreachableError
from rtwidget.feed.reported_status import ReportedStatus
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.status import Status, utc
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.states.lifecycle import Event, Reads
from rtwidget.replica.states.table_state import State
from tests.unit.feed.listener import Ear

ERROR = UnreachableError("Nobody answers.", "Wait.")


class Wall:
    """A wall clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Hearing(Ear):
    """Notes what it is told, and leaves when it is to."""

    def __init__(self, reported: ReportedStatus, *, leaves: bool = False) -> None:
        super().__init__()
        self.told_of: list[tuple[State, RtwidgetError | None]] = []
        self._reported, self._leaves = reported, leaves
        reported.listeners.append(self)

    def told(self, status: Status, error: RtwidgetError | None) -> None:
        self.told_of.append((status.state, error))
        if self._leaves:
            self._reported.listeners.remove(self)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def reported(wall: Wall) -> ReportedStatus:
    return ReportedStatus(wall, PassPlan(verify_every_s=7.0))


def test_a_state_begins_when_it_changes_and_not_when_it_is_told_again(
    reported: ReportedStatus, wall: Wall
) -> None:
    wall.now = 101.0
    reported.apply(Event.ROWS_ARRIVED)
    wall.now = 102.0
    reported.apply(Event.ROWS_ARRIVED)
    assert (reported.status.state, reported.status.since) == (State.LOADING, utc(101.0))


def test_every_listener_is_told_also_after_one_that_leaves(reported: ReportedStatus) -> None:
    leaving, staying = Hearing(reported, leaves=True), Hearing(reported)
    reported.reads_failure = RetryableFailure(ERROR, 2, 130.0)
    reported.apply(Event.READS_FAILED)
    reported.reads_failure = None
    reported.apply(Event.READS_WORK)
    assert leaving.told_of == [(State.OFFLINE, ERROR)]
    assert staying.told_of == [(State.OFFLINE, ERROR), (State.CONNECTING, None)]


def test_a_failure_is_told_with_its_attempt_its_next_one_and_what_to_do(
    reported: ReportedStatus,
) -> None:
    reported.stream_failure = RetryableFailure(ERROR, 3, 130.0)
    status = reported.status
    assert (status.attempt, status.retry_at) == (3, utc(130.0))
    assert status.error is not None
    assert (status.error.message, status.error.hint) == ("Nobody answers.", "Wait.")


def test_how_many_rows_are_expected_is_told_until_all_were_read(reported: ReportedStatus) -> None:
    reported.expected_rows = 1_000
    assert (reported.status.expected_rows, reported.status.verified_at) == (1_000, None)
    reported.verified_at = 90.0
    assert (reported.status.expected_rows, reported.status.verified_at) == (None, utc(90.0))


async def test_with_a_row_that_is_too_large_reads_never_count_as_working(
    reported: ReportedStatus,
) -> None:
    reported.oversized.failed((7,), ERROR, now=0.0)
    reported.apply(Event.PASS_COMPLETED)
    found = [reported.lifecycle.reads]
    reported.oversized.keep(())
    reported.apply(Event.READS_WORK)
    found.append(reported.lifecycle.reads)
    assert found == [Reads.FAILING, Reads.WORKING]


def test_one_listener_that_looks_is_enough(reported: ReportedStatus) -> None:
    assert not reported.attended
    Hearing(reported)
    assert not reported.attended
    Hearing(reported).attended = True
    assert reported.attended
