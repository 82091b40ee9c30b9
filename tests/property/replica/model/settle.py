"""What happens once writes stop: notifications come, reads answer, and a pass runs."""

from __future__ import annotations

from tests.property.replica.model.database import KEYS, Answer
from tests.property.replica.model.world import World


def deliver_all(world: World) -> None:
    """Deliver what is still on the way."""
    while world.pending:
        world.deliver(0)


def answer_all(world: World) -> None:
    """Answer every read under way."""
    for flight in list(world.flights):
        world.answer(flight)


def read_dirty(world: World) -> None:
    """Read keys until none is dirty, which no key may put off for ever."""
    for _round in range(2 * len(KEYS)):
        world.read_keys(most=2)
        answer_all(world)
    assert world.replica.dirty == {}


def run_pass(world: World) -> None:
    """Run one pass to its end; other reads under way stay under way."""
    world.begin_pass()
    running = world.replica.running
    for _page in range(1 + len(KEYS)):
        if world.replica.running is running:
            world.next_page()
            world.answer(world.flights[-1])
    assert world.replica.running is None, "The pass does not come to its end."


def expected(world: World) -> Answer:
    """Return what the query answers now."""
    return world.database.answer(world.user)


def filled(*keys: int) -> World:
    """Return a world with these rows, all verified by a first pass."""
    world = World()
    for key in keys:
        world.database.write((key,))
    run_pass(world)
    assert world.rows.rows == expected(world)
    return world
