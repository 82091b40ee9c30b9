"""Whether reads work: what is told of a failure, of one that takes too long, and of the first that works again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rtwidget.errors import PermissionDeniedError, ReadTooLargeError, SourceError, UnreachableError
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import READ_TIMEOUT_S, READS_OVERDUE_S
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.states.lifecycle import Event, Reads
from tests.unit.feed.virtual import played

NO_ANSWER = UnreachableError("Nobody answers.")


def on_a_complete_table(scene: Callable[[FeedState, ReadHealth, Project], Awaitable[None]]) -> None:
    """Play a scene with the reads of a table that is live and complete."""

    async def run() -> None:
        state, project = FeedState(lambda: 0.0, PassPlan()), Project()
        for event in (Event.STREAM_LIVE, Event.ROWS_ARRIVED, Event.PASS_COMPLETED):
            state.apply(event)
        await scene(state, ReadHealth(state, lambda: 0.5, project), project)

    played(run)


def reads_of(state: FeedState) -> Reads:
    return state.lifecycle.reads


async def answer(after_s: float) -> str:
    await asyncio.sleep(after_s)
    return "rows"


def test_one_failure_of_a_complete_table_is_not_told_and_two_in_a_row_are() -> None:
    async def scene(state: FeedState, health: ReadHealth, _project: Project) -> None:
        health.failed(NO_ANSWER)
        assert reads_of(state) is Reads.WORKING
        delay_s = health.failed(NO_ANSWER)
        assert reads_of(state) is Reads.FAILING
        assert state.current_failure is not None
        assert (state.current_failure.attempt, state.stats.failed_reads) == (2, 2)
        assert state.current_failure.retry_at == delay_s
        assert await health.watch(answer(0.1)) == "rows"
        assert reads_of(state) is Reads.WORKING
        assert state.current_failure is None

    on_a_complete_table(scene)


def test_reads_that_fail_side_by_side_are_one_attempt() -> None:
    async def scene(state: FeedState, health: ReadHealth, _project: Project) -> None:
        began = asyncio.get_running_loop().time()
        await asyncio.sleep(1)
        for _ in range(4):
            health.failed(NO_ANSWER, began)
        assert state.reads_failure is not None
        assert state.reads_failure.attempt == 1

    on_a_complete_table(scene)


def test_what_needs_the_user_is_raised() -> None:
    async def scene(_state: FeedState, health: ReadHealth, _project: Project) -> None:
        with pytest.raises(PermissionDeniedError):
            health.failed(PermissionDeniedError("No.", "Grant it."))

    on_a_complete_table(scene)


def test_a_read_that_takes_too_long_is_told_while_it_is_waited_for() -> None:
    async def scene(state: FeedState, health: ReadHealth, _project: Project) -> None:
        reading = asyncio.ensure_future(health.watch(answer(READS_OVERDUE_S + 1)))
        await asyncio.sleep(READS_OVERDUE_S - 0.1)
        assert reads_of(state) is Reads.WORKING
        await asyncio.sleep(0.2)
        assert reads_of(state) is Reads.FAILING
        assert await reading == "rows"
        assert reads_of(state) is Reads.WORKING

    on_a_complete_table(scene)


@pytest.mark.parametrize(
    ("others_are_answered", "kind"), [(False, UnreachableError), (True, ReadTooLargeError)]
)
def test_a_read_without_an_answer_is_an_outage_unless_others_are_answered(
    *, others_are_answered: bool, kind: type[SourceError]
) -> None:
    async def scene(_state: FeedState, health: ReadHealth, project: Project) -> None:
        reading = asyncio.ensure_future(health.watch(answer(READ_TIMEOUT_S + 1)))
        await asyncio.sleep(READ_TIMEOUT_S / 2)
        if others_are_answered:
            project.answered()
        with pytest.raises(kind):
            await reading

    on_a_complete_table(scene)


def test_only_what_pings_noticed_ends_with_a_ping() -> None:
    async def scene(state: FeedState, health: ReadHealth, _project: Project) -> None:
        began = asyncio.get_running_loop().time()
        for _ in range(2):
            health.unanswered(NO_ANSWER, began)
        assert reads_of(state) is Reads.FAILING
        health.reached()
        assert reads_of(state) is Reads.WORKING
        for _ in range(2):
            health.failed(NO_ANSWER)
        health.reached()
        assert reads_of(state) is Reads.FAILING

    on_a_complete_table(scene)
