"""What follows a failed read of keys: no key holds up the others for ever, and none is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rtwidget.errors import (
    ColumnNotFoundError,
    PermissionDeniedError,
    ReadTooLargeError,
    UnreachableError,
)
from rtwidget.feed.reads.key_read_failures import KeyReadFailures
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import KEY_READ_FAILURES, MOST_OVERSIZED_ROWS
from rtwidget.replica.keys import Key
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.sources.memory import MemorySource
from tests.unit.feed.bench import Server
from tests.unit.feed.virtual import played

ONE: list[Key] = [(1,)]
MANY: list[Key] = [(1,), (2,)]
NO_ANSWER = UnreachableError("Nobody answers.", retry_after_s=60.0)
TOO_LARGE = ReadTooLargeError("Too much.", "Ask for less.")
Scene = Callable[[FeedState, KeyReadFailures], Awaitable[None]]


def play(scene: Scene) -> float:
    """Play a scene with a described table that wants no pass, and return how long it waited, in seconds."""

    async def run() -> float:
        state, project = FeedState(lambda: 0.0, PassPlan()), Project()
        state.described, state.replica.want = True, None
        health = ReadHealth(state, lambda: 0.5, project)
        source = MemorySource(Server().table)
        clock = asyncio.get_running_loop().time
        began = clock()
        await scene(
            state, KeyReadFailures(ReadContext(state, source, project.rate_limiter, health))
        )
        return clock() - began

    return played(run)


def wants_pass(state: FeedState) -> bool:
    return state.replica.want is not None and state.wake_passes.is_set()


def test_too_many_rows_for_one_answer_are_left_to_smaller_reads_at_once() -> None:
    async def scene(state: FeedState, failures: KeyReadFailures) -> None:
        await failures.handle(MANY, TOO_LARGE)
        assert state.stats.failed_reads == 1
        assert not state.oversized
        assert not wants_pass(state)

    assert play(scene) == 0.0


def test_a_row_that_is_too_large_alone_is_named_and_left_alone_with_one_pass() -> None:
    async def scene(state: FeedState, failures: KeyReadFailures) -> None:
        await failures.handle(ONE, TOO_LARGE)
        assert state.oversized.error is not None
        assert "id = 1" in state.oversized.error.message
        assert wants_pass(state)
        state.replica.want = None
        await failures.handle(ONE, TOO_LARGE)
        assert not wants_pass(state)

    assert play(scene) == 0.0


def test_of_too_many_rows_that_are_too_large_the_next_waits_like_any_failure() -> None:
    async def scene(state: FeedState, failures: KeyReadFailures) -> None:
        for number in range(MOST_OVERSIZED_ROWS):
            await failures.handle([(number,)], TOO_LARGE)
        clock = asyncio.get_running_loop().time
        began = clock()
        await failures.handle([(-1,)], TOO_LARGE)
        assert clock() > began
        assert (-1,) not in state.oversized
        assert (0,) in state.oversized

    play(scene)


def test_a_key_that_fails_alone_again_and_again_is_left_to_a_pass() -> None:
    async def scene(state: FeedState, failures: KeyReadFailures) -> None:
        for _ in range(KEY_READ_FAILURES - 1):
            await failures.handle(ONE, NO_ANSWER)
        # One that worked, or others that failed together, say nothing against it.
        failures.forget()
        for _ in range(KEY_READ_FAILURES - 1):
            await failures.handle(ONE, NO_ANSWER)
            await failures.handle(MANY, NO_ANSWER)
        assert not wants_pass(state)
        await failures.handle(ONE, NO_ANSWER)
        assert wants_pass(state)

    assert play(scene) >= 60.0 * KEY_READ_FAILURES


def test_missing_columns_are_described_again_without_a_wait() -> None:
    async def scene(state: FeedState, failures: KeyReadFailures) -> None:
        await failures.handle(MANY, ColumnNotFoundError("There is no such column."))
        assert not state.described
        assert wants_pass(state)

    assert play(scene) == 0.0


def test_what_time_does_not_mend_is_raised() -> None:
    async def scene(_state: FeedState, failures: KeyReadFailures) -> None:
        with pytest.raises(PermissionDeniedError):
            await failures.handle(MANY, PermissionDeniedError("No.", "Grant it."))

    assert play(scene) == 0.0
