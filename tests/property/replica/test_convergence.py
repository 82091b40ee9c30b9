"""Convergence (SPEC.md, I8 to I10): once writes stop, the replica equals the query's answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.property.replica.model.database import KEYS
from tests.property.replica.model.events import Answered, PageAnswered
from tests.property.replica.model.schedules import LOSSES, Schedule, play, play_move, schedules
from tests.property.replica.model.settle import (
    answer_all,
    deliver_all,
    expected,
    filled,
    read_dirty,
    run_pass,
)


@given(schedules(without=LOSSES))
def test_convergence_without_loss_needs_no_pass_once_the_last_notification_was_read(
    schedule: Schedule,
) -> None:
    world = filled(0, 1, 2)
    for move in schedule:
        play_move(world, move)
    deliver_all(world)
    answer_all(world)
    read_dirty(world)
    assert world.rows.rows == expected(world)


@given(schedule=schedules(), stragglers_first=st.booleans())
def test_convergence_whatever_was_lost_needs_one_pass(
    *, schedule: Schedule, stragglers_first: bool
) -> None:
    world = play(schedule)
    deliver_all(world)
    if stragglers_first:
        answer_all(world)
    run_pass(world)
    answer_all(world)
    assert world.rows.rows == expected(world)
    assert world.replica.dirty == {}
    assert world.replica.gone == {}
    assert world.replica.want is None


@given(schedules())
def test_convergence_once_reached_duplicates_and_further_passes_change_nothing(
    schedule: Schedule,
) -> None:
    world = play(schedule)
    deliver_all(world)
    run_pass(world)
    answer_all(world)
    world.log.clear()
    world.pending = [(key, world.database.moment) for key in [*expected(world), *KEYS]]
    deliver_all(world)
    read_dirty(world)
    run_pass(world)
    answers = [event for event in world.log if isinstance(event, Answered | PageAnswered)]
    assert answers
    assert not any(event.delta for event in answers)
    assert world.rows.rows == expected(world)
