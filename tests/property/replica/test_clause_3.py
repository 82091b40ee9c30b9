"""Clause 3 of the rule (the answer to a read of keys), on generated schedules."""

from __future__ import annotations

from hypothesis import given

from tests.property.replica.model.events import Answered, PageAnswered
from tests.property.replica.model.schedules import Schedule, play, schedules


def _answers(schedule: Schedule) -> list[Answered]:
    return [event for event in play(schedule).log if isinstance(event, Answered)]


@given(schedules())
def test_clause_3_an_answer_older_than_the_floor_changes_nothing(schedule: Schedule) -> None:
    for event in _answers(schedule):
        if event.read.start < event.before.floor:
            assert event.after.rows == event.before.rows
            assert event.after.dirty == event.before.dirty
            assert not event.delta


@given(schedules())
def test_clause_3_an_answer_is_stored_unless_something_newer_is_known(schedule: Schedule) -> None:
    for event in _answers(schedule):
        start = event.read.start
        for key, row in event.rows.items():
            newest = max(event.before.stamps.get(key, 0), event.before.gone.get(key, 0))
            if start >= event.before.floor and newest <= start:
                assert event.after.rows[key] == row
                assert event.after.stamps[key] == start


@given(schedules())
def test_clause_3_no_answer_replaces_or_removes_a_newer_row(schedule: Schedule) -> None:
    for event in play(schedule).log:
        if isinstance(event, Answered | PageAnswered):
            newer = {k for k, stamp in event.before.stamps.items() if stamp > event.read.start}
            assert all(event.after.rows[key] == event.before.rows[key] for key in newer)
            assert all(event.after.stamps[key] == event.before.stamps[key] for key in newer)


@given(schedules())
def test_clause_3_no_answer_brings_back_a_key_that_a_newer_read_removed(schedule: Schedule) -> None:
    for event in play(schedule).log:
        if isinstance(event, Answered | PageAnswered):
            removed = {k for k, stamp in event.before.gone.items() if stamp > event.read.start}
            assert not (event.after.rows.keys() - event.before.rows.keys()) & removed


@given(schedules())
def test_clause_3_a_key_that_did_not_come_back_is_removed_if_the_answer_is_whole(
    schedule: Schedule,
) -> None:
    for event in _answers(schedule):
        known_whole = event.whole or not event.rows
        if event.read.start >= event.before.floor and known_whole:
            absent = event.read.keys - event.rows.keys()
            newer = {k for k, stamp in event.before.stamps.items() if stamp > event.read.start}
            assert not event.after.rows.keys() & (absent - newer)


@given(schedules())
def test_clause_3_an_answer_that_may_be_cut_off_removes_nothing_and_its_rest_is_asked_again(
    schedule: Schedule,
) -> None:
    for event in _answers(schedule):
        if not event.whole and event.rows:
            assert event.before.rows.keys() <= event.after.rows.keys()
            rest = event.read.keys - event.rows.keys()
            assert event.before.dirty.keys() & rest == event.after.dirty.keys() & rest


@given(schedules())
def test_clause_3_a_key_stays_dirty_if_its_notification_came_after_the_read_began(
    schedule: Schedule,
) -> None:
    for event in _answers(schedule):
        later = {k for k, at in event.before.dirty.items() if at > event.read.start}
        assert later <= event.after.dirty.keys()


@given(schedules())
def test_clause_3_a_key_leaves_dirty_once_a_read_that_began_later_has_covered_it(
    schedule: Schedule,
) -> None:
    for event in _answers(schedule):
        if event.read.start >= event.before.floor and event.whole:
            earlier = {k for k, at in event.before.dirty.items() if at <= event.read.start}
            assert event.after.dirty.keys() == event.before.dirty.keys() - (
                earlier & event.read.keys
            )


@given(schedules())
def test_clause_3_the_delta_says_exactly_what_an_answer_changed(schedule: Schedule) -> None:
    for event in play(schedule).log:
        if isinstance(event, Answered | PageAnswered):
            before, after = event.before.rows, event.after.rows
            assert event.delta.inserted == after.keys() - before.keys()
            assert event.delta.removed == before.keys() - after.keys()
            kept = before.keys() & after.keys()
            assert event.delta.updated == {
                key: frozenset(i for i in range(len(after[key])) if after[key][i] != before[key][i])
                for key in kept
                if after[key] != before[key]
            }
