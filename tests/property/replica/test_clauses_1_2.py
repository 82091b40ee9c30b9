"""Clauses 1 (notifications) and 2 (beginning a read) of the rule, on generated schedules."""

from __future__ import annotations

import pytest
from hypothesis import given

from rtwidget.replica.reads_in_flight import KeyRead
from tests.property.replica.model.events import Began, GapSeen, Notified
from tests.property.replica.model.schedules import Schedule, play, schedules


@given(schedules())
def test_clause_1_a_notification_marks_its_keys_dirty_now_and_stores_nothing(
    schedule: Schedule,
) -> None:
    world = play(schedule)
    begun = 0
    for event in world.log:
        if isinstance(event, Began):
            begun = event.read.start
        if isinstance(event, Notified):
            assert all(event.after.dirty[key] > begun for key in event.keys)
            assert event.after.rows == event.before.rows
            assert event.after.stamps == event.before.stamps
            assert event.after.want == event.before.want


@given(schedules())
def test_clause_1_a_gap_wants_a_pass_that_begins_after_it(schedule: Schedule) -> None:
    world = play(schedule)
    begun = 0
    for event in world.log:
        if isinstance(event, Began):
            begun = event.read.start
        if isinstance(event, GapSeen):
            assert event.after.want is not None
            assert event.after.want > begun
            assert event.after.rows == event.before.rows


@given(schedules())
def test_clause_2_every_read_begins_later_than_all_before_it(schedule: Schedule) -> None:
    world = play(schedule)
    starts = [event.read.start for event in world.log if isinstance(event, Began)]
    assert starts == sorted(set(starts))


@given(schedules())
def test_clause_2_a_key_under_way_is_offered_to_no_other_read(schedule: Schedule) -> None:
    world = play(schedule)
    for flight in world.flights:
        if isinstance(flight.read, KeyRead):
            assert not flight.read.keys & set(world.replica.dirty_keys(100, 10_000))
            with pytest.raises(ValueError, match="being read already"):
                world.replica.begin_keys([next(iter(flight.read.keys))])


@given(schedules())
def test_clause_2_every_dirty_key_that_no_read_covers_is_offered(schedule: Schedule) -> None:
    world = play(schedule)
    reads = [flight.read for flight in world.flights if isinstance(flight.read, KeyRead)]
    under_way = {key for read in reads for key in read.keys}
    offered = world.replica.dirty_keys(100, 10_000)
    assert set(offered) == world.replica.dirty.keys() - under_way
