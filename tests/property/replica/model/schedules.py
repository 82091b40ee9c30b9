"""Generated schedules: what writers, the network and the scheduler may do, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from typing import TypeAlias

from hypothesis import strategies as st

from tests.property.replica.model.database import KEYS, OPEN, SHUT, USERS
from tests.property.replica.model.world import World


class Step(Enum):
    """One thing that can happen."""

    WRITE = auto()
    LEAVE_FILTER = auto()
    DELETE = auto()
    TRUNCATE = auto()
    CHANGE_OWNER = auto()
    DELIVER = auto()
    DUPLICATE = auto()
    LOSE = auto()
    GAP = auto()
    READ_KEYS = auto()
    BEGIN_PASS = auto()
    NEXT_PAGE = auto()
    PROCEED_WITH_PASS = auto()
    SPLIT = auto()
    LOOK = auto()
    TAKE_FIRST = auto()
    ANSWER = auto()
    ANSWER_CAPPED = auto()
    FAIL = auto()
    GIVE_UP = auto()
    RESET = auto()


Move: TypeAlias = tuple[Step, int]
Schedule: TypeAlias = list[Move]

# Without these every change is announced, so reads of keys alone must keep up.
LOSSES = frozenset({Step.TRUNCATE, Step.CHANGE_OWNER, Step.LOSE, Step.RESET})
# Mostly useful moves, so that passes and reads come to their ends often enough to be tested.
_WEIGHTS = {
    Step.WRITE: 16,
    Step.DELETE: 4,
    Step.DELIVER: 16,
    Step.READ_KEYS: 10,
    Step.LOOK: 8,
    Step.ANSWER: 8,
    Step.ANSWER_CAPPED: 8,
    Step.PROCEED_WITH_PASS: 24,
    Step.SPLIT: 4,
    Step.TRUNCATE: 1,
    Step.RESET: 1,
}

_PLAIN: Mapping[Step, Callable[[World], None]] = {
    Step.GAP: World.see_gap,
    Step.BEGIN_PASS: World.begin_pass,
    Step.GIVE_UP: World.give_up,
    Step.RESET: World.reset,
}


def schedules(without: Iterable[Step] = ()) -> st.SearchStrategy[Schedule]:
    """Return lists of moves; the number chooses the key, the notification or the read."""
    steps = [step for step in Step if step not in without for _ in range(_WEIGHTS.get(step, 2))]
    moves = st.tuples(st.sampled_from(steps), st.integers(0, 59))
    return st.lists(moves, min_size=40, max_size=90)


def play(schedule: Schedule) -> World:
    """Play a whole schedule in a new world."""
    world = World()
    for move in schedule:
        play_move(world, move)
    return world


def play_move(world: World, move: Move) -> None:
    """Play one move; where there is nothing to deliver or to answer, nothing happens."""
    step, number = move
    match step:
        case Step.WRITE | Step.LEAVE_FILTER | Step.DELETE | Step.TRUNCATE | Step.CHANGE_OWNER:
            _write(world, step, number)
        case Step.DELIVER | Step.DUPLICATE | Step.LOSE:
            _notify(world, step, number)
        case Step.LOOK | Step.TAKE_FIRST | Step.ANSWER | Step.ANSWER_CAPPED | Step.FAIL:
            _proceed(world, step, number)
        case Step.READ_KEYS:
            world.read_keys(1 + number % len(KEYS))
        case Step.NEXT_PAGE:
            world.next_page(number)
        case Step.PROCEED_WITH_PASS:
            world.proceed_with_pass(number)
        case Step.SPLIT:
            world.split(number)
        case _:
            _PLAIN[step](world)


def _write(world: World, step: Step, number: int) -> None:
    database, key = world.database, KEYS[number % len(KEYS)]
    # One row in five is somebody else's.
    owner = USERS[(USERS.index(world.user) + (number % 5 == 0)) % len(USERS)]
    touched = [key]
    match step:
        case Step.TRUNCATE:
            touched = list(database.rows())
            database.truncate()
        case Step.DELETE:
            database.delete(key)
        case _:
            database.write(key, owner, SHUT if step is Step.LEAVE_FILTER else OPEN)
    if step in {Step.TRUNCATE, Step.CHANGE_OWNER}:
        world.unnamed.update(dict.fromkeys(touched, database.moment))
    else:
        world.pending.append((key, database.moment))


def _notify(world: World, step: Step, number: int) -> None:
    if not world.pending:
        return
    place = number % len(world.pending)
    match step:
        case Step.DELIVER:
            world.deliver(place)
        case Step.LOSE:
            world.lose(place)
        case _:
            world.pending.append(world.pending[place])


def _proceed(world: World, step: Step, number: int) -> None:
    if not world.flights:
        return
    flight = world.flights[number % len(world.flights)]
    match step:
        case Step.LOOK:
            world.look(flight)
        case Step.TAKE_FIRST:
            world.take_first(flight)
        case Step.FAIL:
            world.fail(flight)
        case _:
            world.answer(flight, cap=1 + number % 2 if step is Step.ANSWER_CAPPED else None)
