"""When passes run, since when a completed one verifies the rows, and which one gives way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rtwidget.abc import Page
from rtwidget.feed.passes.pass_runner import PassRunner
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.keys import Key
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.lifecycle import Data, Event
from rtwidget.sources.memory import MemorySource, MemoryTable
from tests.unit.feed.virtual import played

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
PAGE_S = 2.0
EVERY_S = 600.0


class Slow(MemorySource):
    """A table of two rows whose pages take their time; notes when each was asked for."""

    def __init__(self) -> None:
        table = MemoryTable(SCHEMA)
        table.rows = {(1,): (1, "one"), (2,): (2, "two")}
        super().__init__(table)
        self.table = table
        self.asked_at: list[float] = []

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        self.asked_at.append(asyncio.get_running_loop().time())
        await asyncio.sleep(PAGE_S)
        return await super().read_page(after, until, 1)


def with_passes(scene: Callable[[FeedState, Slow], Awaitable[None]]) -> None:
    """Play a scene beside the passes of a live table, which come every ten minutes."""

    async def run() -> None:
        loop, source, project = asyncio.get_running_loop(), Slow(), Project()
        state = FeedState(loop.time, PassPlan(verify_every_s=EVERY_S))
        health = ReadHealth(state, lambda: 0.5, project)
        context = ReadContext(state, source, project.rate_limiter, health)
        running = asyncio.ensure_future(PassRunner(context, 1_000_000).run())
        state.apply(Event.STREAM_LIVE)
        await scene(state, source)
        running.cancel()
        await asyncio.wait([running])

    played(run)


async def until_passes(state: FeedState, count: int) -> None:
    while state.stats.passes < count:  # noqa: ASYNC110  (time is virtual)
        await asyncio.sleep(0.1)


def want_now(state: FeedState) -> None:
    """Want a pass as a refresh does."""
    state.replica.invalidate_all("a test")
    state.plan.ask(asyncio.get_running_loop().time())
    state.wake_passes.set()


def test_a_pass_verifies_the_rows_since_it_began_and_the_next_one_comes_in_its_time() -> None:
    async def scene(state: FeedState, source: Slow) -> None:
        await until_passes(state, 1)
        assert state.lifecycle.data is Data.COMPLETE
        assert state.verified_at == source.asked_at[0]
        assert state.snapshot().rows == ((1, "one"), (2, "two"))
        pages = len(source.asked_at)
        await until_passes(state, 2)
        assert state.verified_at == source.asked_at[pages]
        assert source.asked_at[pages] - source.asked_at[0] == pytest.approx(EVERY_S)

    with_passes(scene)


def test_what_no_notification_named_is_found_and_counted_as_repaired() -> None:
    async def scene(state: FeedState, source: Slow) -> None:
        await until_passes(state, 1)
        source.table.rows = {(2,): (2, "zwei"), (3,): (3, "drei")}
        want_now(state)
        await until_passes(state, 2)
        assert state.snapshot().rows == ((2, "zwei"), (3, "drei"))
        assert state.stats.repaired_rows == 3

    with_passes(scene)


def test_a_scheduled_pass_gives_way_to_one_that_is_wanted() -> None:
    async def scene(state: FeedState, source: Slow) -> None:
        await until_passes(state, 1)
        pages = len(source.asked_at)
        while len(source.asked_at) == pages:  # noqa: ASYNC110  (time is virtual)
            await asyncio.sleep(0.1)
        scheduled_at = source.asked_at[pages]
        want_now(state)
        wanted_at = asyncio.get_running_loop().time()
        await until_passes(state, 2)
        # The one that completed is the other one, which began once the page of the first had come.
        assert state.verified_at is not None
        assert scheduled_at < wanted_at < state.verified_at <= wanted_at + 2 * PAGE_S
        assert state.replica.want is None

    with_passes(scene)


def test_a_wanted_pass_does_not_give_way_to_another() -> None:
    async def scene(state: FeedState, source: Slow) -> None:
        await until_passes(state, 1)
        want_now(state)
        pages = len(source.asked_at)
        while len(source.asked_at) == pages:  # noqa: ASYNC110  (time is virtual)
            await asyncio.sleep(0.1)
        want_now(state)
        await until_passes(state, 2)
        assert state.verified_at == source.asked_at[pages]
        # What was wanted meanwhile is still wanted: that pass began too early for it.
        assert state.replica.want is not None
        await until_passes(state, 3)
        assert state.replica.want is None

    with_passes(scene)
