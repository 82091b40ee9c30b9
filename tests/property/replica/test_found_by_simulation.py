"""Four losses that a simulation found before any of this was written; each names the clause that prevents it."""

from __future__ import annotations

from tests.property.replica.model.database import USERS
from tests.property.replica.model.settle import answer_all, deliver_all, expected, filled, run_pass


def test_without_the_floor_a_slow_key_read_brings_back_a_row_that_truncate_took() -> None:
    world = filled(1)
    world.replica.invalidate([(1,)])
    world.read_keys(most=1)
    slow = world.flights[0]
    world.look(slow)
    world.database.truncate()
    run_pass(world)
    assert world.rows.rows == {}
    world.answer(slow)
    assert world.rows.rows == {}


def test_without_reset_a_read_in_flight_shows_one_users_row_to_the_next() -> None:
    world = filled(1)
    world.database.write((1,))
    world.replica.invalidate([(1,)])
    world.read_keys(most=1)
    world.begin_pass()
    world.next_page()
    key_read, page_read = world.flights
    world.reset()
    assert world.user == USERS[1]
    for flight in (key_read, page_read):
        world.answer(flight)
        assert world.rows.rows == {}
    run_pass(world)
    assert world.rows.rows == expected(world) == {}


def test_without_whole_a_capped_key_read_deletes_live_rows() -> None:
    world = filled(1, 2, 3)
    world.replica.invalidate([(1,), (2,), (3,)])
    world.read_keys(most=3)
    world.answer(world.flights[0], cap=1)
    assert world.rows.rows == expected(world)
    assert len(world.rows.rows) == 3
    # What the cap cut off is asked again, so the same cap on every answer still ends.
    for waiting in (2, 1):
        assert len(world.replica.dirty) == waiting
        world.read_keys(most=3)
        world.answer(world.flights[0], cap=1)
    assert world.replica.dirty == {}
    assert world.rows.rows == expected(world)


def test_without_pass_coverage_deleted_keys_stay_dirty_for_ever() -> None:
    world = filled(1, 2)
    world.database.delete((1,))
    world.database.delete((2,))
    world.pending = [((1,), world.database.moment), ((2,), world.database.moment)]
    deliver_all(world)
    world.see_gap()
    run_pass(world)
    answer_all(world)
    assert world.replica.dirty == {}
    assert world.replica.want is None
    assert world.rows.rows == {}
