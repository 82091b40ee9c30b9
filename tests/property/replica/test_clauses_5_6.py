"""Clauses 5 (failures) and 6 (reset) of the rule, on generated schedules."""

from __future__ import annotations

from hypothesis import given

from rtwidget.replica.reads_in_flight import KeyRead
from tests.property.replica.model.events import Answered, Failed, GivenUp, PageAnswered, WasReset
from tests.property.replica.model.schedules import Schedule, play, schedules


@given(schedules())
def test_clause_5_a_failed_read_changes_nothing_and_its_keys_stay_dirty(schedule: Schedule) -> None:
    for event in play(schedule).log:
        if isinstance(event, Failed):
            assert event.after.rows == event.before.rows
            assert event.after.dirty == event.before.dirty
            assert event.after.want == event.before.want
            assert event.after.running is event.before.running


@given(schedules())
def test_clause_5_the_keys_of_a_failed_read_are_offered_again(schedule: Schedule) -> None:
    world = play(schedule)
    for flight in list(world.flights):
        world.fail(flight)
        if isinstance(flight.read, KeyRead):
            dirty = flight.read.keys & world.replica.dirty.keys()
            assert dirty <= set(world.replica.dirty_keys(100, 10_000))


@given(schedules())
def test_clause_5_a_pass_given_up_is_still_wanted(schedule: Schedule) -> None:
    for event in play(schedule).log:
        if isinstance(event, GivenUp):
            assert event.after.running is None
            assert event.after.want is not None
            assert event.before.want in {None, event.after.want}


@given(schedules())
def test_clause_6_reset_empties_everything_and_wants_a_pass(schedule: Schedule) -> None:
    for event in play(schedule).log:
        if isinstance(event, WasReset):
            after = event.after
            assert (after.rows, after.dirty, after.gone) == ({}, {}, {})
            assert after.running is None
            assert after.floor > event.before.floor
            assert after.want is not None
            assert after.want >= after.floor


@given(schedules())
def test_clause_6_no_answer_to_a_read_begun_before_a_reset_is_taken(schedule: Schedule) -> None:
    world = play(schedule)
    world.reset()
    under_way = list(world.flights)
    world.log.clear()
    for flight in under_way:
        world.answer(flight)
    answers = [event for event in world.log if isinstance(event, Answered | PageAnswered)]
    assert len(answers) == len(under_way)
    assert world.rows.rows == {}
    assert not any(event.delta for event in answers)
