"""A pass over many rows: what is asked when, and what is stored meanwhile."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from time import time

import pytest

from rtwidget.abc import Page
from rtwidget.errors import PermissionDeniedError, SourceError
from rtwidget.feed.passes.chain_reader import ChainReader
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica import budgets as b
from rtwidget.replica.keys import Key
from rtwidget.replica.reads_in_flight import Pass
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemorySource, MemoryTable

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
MANY = 5000


class Watched(MemorySource):
    """Caps its pages, and notes what was stored when each was asked for."""

    def __init__(self, state: FeedState, rows: int, cap: int = 100) -> None:
        self.table = MemoryTable(SCHEMA)
        self.table.rows = {(number,): (number, "x") for number in range(rows)}
        super().__init__(self.table)
        self.state = state
        self.cap = cap
        self.stored: list[int] = []
        self.limits: list[int] = []
        self.bounds_at: list[int] = []
        self.refusal: SourceError | None = None
        self.in_flight = self.most_in_flight = 0

    async def key_bounds(self, parts: int) -> list[Key]:
        self.bounds_at.append(len(self.state.rows))
        if self.refusal is not None:
            raise self.refusal
        return await super().key_bounds(parts)

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        self.stored.append(len(self.state.rows))
        self.limits.append(limit)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        await asyncio.sleep(0.001)
        self.in_flight -= 1
        return await super().read_page(after, until, min(limit, self.cap))


def reader(state: FeedState, source: MemorySource, from_rows: int = 1000) -> ChainReader:
    project = Project()
    return ChainReader(
        ReadContext(state, source, project.rate_limiter, ReadHealth(state, lambda: 0.0, project)),
        from_rows,
    )


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> FeedState:
    # However slow this machine is, its pages must not become smaller.
    monkeypatch.setattr(b, "PAGE_S", 3600.0)
    made = FeedState(time, PassPlan())
    made.reset("the first read", SCHEMA)
    return made


async def run(state: FeedState, chains: ChainReader) -> tuple[Pass, list[Page]]:
    running, pages = state.replica.begin_pass(), list[Page]()
    await chains.read(running, pages.append)
    return running, pages


async def test_a_small_pass_is_one_chain_and_asks_for_no_bounds(state: FeedState) -> None:
    source = Watched(state, 900)
    running, pages = await run(state, reader(state, source))
    assert source.bounds_at == []
    assert source.most_in_flight == 1
    assert len(running.chains) == 1
    assert running.ended
    assert sum(len(page.rows) for page in pages) == len(state.rows) == 900


async def test_a_big_pass_goes_in_chains_and_reads_every_row_once(state: FeedState) -> None:
    source = Watched(state, MANY)
    running, pages = await run(state, reader(state, source))
    assert source.most_in_flight == b.PASS_CHAINS == len(running.chains)
    assert running.ended
    assert sum(len(page.rows) for page in pages) == MANY
    assert set(state.rows.snapshot(0).keys) == set(source.table.rows)
    assert not state.replica.complete_pass(running).removed


async def test_the_first_rows_are_stored_before_bounds_are_asked_for(state: FeedState) -> None:
    source = Watched(state, MANY)
    await run(state, reader(state, source))
    assert source.limits[0] == b.PAGE_ROWS
    assert source.bounds_at == [100]
    assert state.expected_rows == MANY


async def test_the_next_page_is_asked_for_before_this_one_is_stored(state: FeedState) -> None:
    source = Watched(state, 900)
    await run(state, reader(state, source))
    # The first is stored before all, because somebody waits for it; then each request is one page ahead.
    assert source.stored == [0, 100, 100, *range(200, 900, 100)]


async def test_without_bounds_a_pass_is_one_chain(state: FeedState) -> None:
    source = Watched(state, MANY)
    source.refusal = SourceError("Statement timeout.", code="57014")
    running, _ = await run(state, reader(state, source))
    assert len(running.chains) == 1
    assert running.ended
    assert len(state.rows) == MANY


async def test_bounds_that_need_the_user_are_told(state: FeedState) -> None:
    source = Watched(state, MANY)
    source.refusal = PermissionDeniedError("No.", "Grant it.")
    with pytest.raises(PermissionDeniedError):
        await run(state, reader(state, source))


async def test_a_pass_that_is_given_up_ends_all_chains(state: FeedState) -> None:
    source = Watched(state, MANY)
    running, taken = state.replica.begin_pass(), list[Page]()

    def stop(page: Page) -> None:
        taken.append(page)
        if len(taken) == 10:
            state.replica.give_up(running)

    await reader(state, source).read(running, stop)
    assert len(state.rows) == 10 * 100
    assert len(source.stored) <= 10 + 2 * b.PASS_CHAINS
    assert not running.ended


async def test_the_failure_of_one_chain_ends_the_others_and_is_raised_itself(
    state: FeedState,
) -> None:
    class Failing(Watched):
        async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
            page = await super().read_page(after, until, limit)
            if len(self.stored) > 20:
                raise PermissionDeniedError("No.", "Grant it.")
            return page

    source = Failing(state, MANY)
    with pytest.raises(PermissionDeniedError):
        await run(state, reader(state, source))
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_big_page_is_taken_in_steps_and_others_come_between(state: FeedState) -> None:
    source = Watched(state, MANY, cap=b.PAGE_MOST_ROWS)
    seen: set[int] = set()
    told: set[str] = set()

    async def look() -> None:
        while True:
            seen.add(len(state.rows))
            if state.rows:
                told.add(state.status.state)
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    await run(state, reader(state, source, from_rows=10 * MANY))
    looking.cancel()
    steps = sorted(seen)
    assert max(later - before for before, later in pairwise(steps)) == b.TAKE_ROWS
    # Connecting says that there are no rows yet, so it ends before the first is stored.
    assert told == {State.LOADING}
