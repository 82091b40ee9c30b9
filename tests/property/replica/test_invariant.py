"""The invariants of SPEC.md: a wrong row has a reason, and the next pass ends every reason."""

from __future__ import annotations

from hypothesis import given

from rtwidget.replica.keys import Key
from tests.property.replica.model.database import KEYS, OWNER
from tests.property.replica.model.schedules import Schedule, play_move, schedules
from tests.property.replica.model.world import World


def _excused(world: World, key: Key) -> bool:
    announced = key in world.replica.dirty or key in {pending for pending, _ in world.pending}
    # A change that nothing announced may stand until a pass that begins after it has completed, no longer.
    after_floor = world.unnamed.get(key, -1) > world.moments[world.replica.floor]
    return announced or after_floor


@given(schedules())
def test_invariant_every_stored_row_was_the_answer_at_a_moment_not_before_its_stamp(
    schedule: Schedule,
) -> None:
    world = World()
    for move in schedule:
        play_move(world, move)
        for key, row in world.rows.rows.items():
            since = world.moments[world.rows.stamps[key]]
            assert world.database.was_true(world.user, key, row, since)


@given(schedules())
def test_invariant_a_wrong_row_is_dirty_or_announced_or_newer_than_the_last_pass(
    schedule: Schedule,
) -> None:
    world = World()
    for move in schedule:
        play_move(world, move)
        now = world.database.answer(world.user)
        for key, row in world.rows.rows.items():
            assert now.get(key) == row or _excused(world, key)


@given(schedules())
def test_invariant_a_missing_row_is_dirty_or_announced_or_newer_than_the_last_pass(
    schedule: Schedule,
) -> None:
    world = World()
    for move in schedule:
        play_move(world, move)
        missing = world.database.answer(world.user).keys() - world.rows.rows.keys()
        if world.verified:
            assert all(_excused(world, key) for key in missing)
        else:
            assert world.replica.want is not None


@given(schedules())
def test_invariant_no_row_of_another_user_is_ever_stored(schedule: Schedule) -> None:
    world = World()
    for move in schedule:
        play_move(world, move)
        assert {row[OWNER] for row in world.rows.rows.values()} <= {world.user}


@given(schedules())
def test_invariant_removals_are_remembered_only_while_a_read_is_under_way(
    schedule: Schedule,
) -> None:
    world = World()
    for move in schedule:
        play_move(world, move)
        assert world.replica.gone.keys() <= set(KEYS)
        assert world.flights or not world.replica.gone
