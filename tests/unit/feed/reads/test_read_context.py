"""What every read of a feed goes through: the project's limit, which is told of when it holds reads up too long."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import PROJECT_READS_BURST, PROJECT_READS_IN_FLIGHT, READS_OVERDUE_S
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.states.lifecycle import Reads
from rtwidget.sources.memory import MemorySource
from tests.unit.feed.bench import Server
from tests.unit.feed.virtual import played


def context_of(project: Project) -> ReadContext:
    state = FeedState(lambda: 0.0, PassPlan())
    health = ReadHealth(state, lambda: 0.5, project)
    return ReadContext(state, MemorySource(Server().table), project.rate_limiter, health)


def test_a_read_that_waits_too_long_for_the_others_of_its_project_is_told() -> None:
    async def run() -> None:
        project = Project()
        busy, waiting = context_of(project), context_of(project)

        async def read() -> None:
            async with waiting.slot():
                pass

        async with AsyncExitStack() as held:
            for _ in range(PROJECT_READS_IN_FLIGHT):
                await held.enter_async_context(busy.slot())
            reading = asyncio.ensure_future(read())
            await asyncio.sleep(READS_OVERDUE_S - 0.1)
            found = [waiting.state.lifecycle.reads]
            await asyncio.sleep(0.2)
            found += [waiting.state.lifecycle.reads, busy.state.lifecycle.reads]
            assert found == [Reads.UNTRIED, Reads.FAILING, Reads.UNTRIED]
        await reading

    played(run)


def test_only_paced_reads_count_against_the_sustained_rate() -> None:
    async def waited_s(*, paced: bool) -> float:
        context, clock = context_of(Project()), asyncio.get_running_loop().time
        began = clock()
        for _ in range(int(PROJECT_READS_BURST) + 1):
            async with context.slot(paced=paced):
                pass
        return clock() - began

    assert played(lambda: waited_s(paced=False)) == 0.0
    assert played(lambda: waited_s(paced=True)) > 0.0


async def test_each_feed_learns_the_size_of_its_own_pages_of_rows_and_of_versions() -> None:
    project = Project()
    one, other = context_of(project), context_of(project)
    sizes = [one.row_pages, one.version_pages, other.row_pages, other.version_pages]
    assert len(set(map(id, sizes))) == 4
