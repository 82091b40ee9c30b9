"""One page of a pass: asked for again, asked for with fewer rows, or given up; and what is stored of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from rtwidget.abc import Answer, Page
from rtwidget.errors import (
    PermissionDeniedError,
    ReadTooLargeError,
    SourceError,
    UnreachableError,
)
from rtwidget.feed.passes.page_reader import Fetched, PageReader
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.reads_in_flight import Pass
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.memory import MemorySource, MemoryTable
from tests.unit.feed.virtual import played

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
ROWS = ((1, "one"), (2, "two"))
NO_ANSWER = UnreachableError("Nobody answers.")


def with_a_pass(scene: Callable[[FeedState, PageReader, Pass], Awaitable[None]]) -> None:
    """Play a scene with a pass that has just begun."""

    async def run() -> None:
        state, project = FeedState(lambda: 0.0, PassPlan()), Project()
        state.reset("the first read", SCHEMA)
        health = ReadHealth(state, lambda: 0.5, project)
        source = MemorySource(MemoryTable(SCHEMA))
        reader = PageReader(ReadContext(state, source, project.rate_limiter, health))
        await scene(state, reader, state.replica.begin_pass())

    played(run)


class Reads:
    """Answers reads of pages: fails of each error once, then gives rows; notes how many were asked for."""

    def __init__(self, *errors: SourceError) -> None:
        self._errors = list(errors)
        self.asked: list[int] = []

    async def __call__(self, most: int) -> Page:
        self.asked.append(most)
        if self._errors:
            raise self._errors.pop(0)
        return Page(SCHEMA.names, ROWS)


def test_a_page_that_is_too_much_is_asked_for_with_a_quarter_of_its_rows() -> None:
    async def scene(state: FeedState, reader: PageReader, running: Pass) -> None:
        reads = Reads(*(ReadTooLargeError("Too much.") for _ in range(5)))
        await reader.fetch(running, 0, 1000, reads)
        assert reads.asked == [1000, 250, 62, 15, 3, 1]
        assert state.stats.failed_reads == 5

    with_a_pass(scene)


def test_a_single_row_that_is_too_much_is_not_asked_for_again() -> None:
    async def scene(_state: FeedState, reader: PageReader, running: Pass) -> None:
        reads = Reads(ReadTooLargeError("Too much."))
        with pytest.raises(ReadTooLargeError):
            await reader.fetch(running, 0, 1, reads)
        assert reads.asked == [1]

    with_a_pass(scene)


def test_a_page_is_tried_three_times_and_each_try_gives_its_slot_back() -> None:
    async def scene(state: FeedState, reader: PageReader, running: Pass) -> None:
        for _ in range(3):
            reads = Reads(NO_ANSWER, NO_ANSWER)
            assert (await reader.fetch(running, 0, 1000, reads)).page.rows == ROWS
            assert reads.asked == [1000] * 3
        reads = Reads(NO_ANSWER, NO_ANSWER, NO_ANSWER)
        with pytest.raises(UnreachableError):
            await reader.fetch(running, 0, 1000, reads)
        assert state.stats.failed_reads == 8

    with_a_pass(scene)


def test_what_needs_the_user_is_raised_at_once() -> None:
    async def scene(_state: FeedState, reader: PageReader, running: Pass) -> None:
        reads = Reads(PermissionDeniedError("No.", "Grant it."))
        with pytest.raises(PermissionDeniedError):
            await reader.fetch(running, 0, 1000, reads)
        assert len(reads.asked) == 1

    with_a_pass(scene)


def test_a_page_is_stored_and_says_where_its_chain_continues() -> None:
    async def scene(state: FeedState, reader: PageReader, running: Pass) -> None:
        fetched = await reader.fetch(running, 0, 1000, Reads())
        assert reader.last_key(fetched) == (2,)
        await reader.take(fetched)
        assert state.snapshot().rows == ROWS
        assert running.chains[0].after == (2,)
        assert (state.stats.pages, state.stats.rows_read) == (1, 2)

    with_a_pass(scene)


@pytest.mark.parametrize(
    "page",
    [
        Answer(SCHEMA.names, ROWS, whole=False),
        Page(("id", "title"), ROWS),
    ],
)
def test_an_answer_that_is_not_whole_or_has_other_columns_ends_the_pass(page: Page) -> None:
    async def scene(state: FeedState, reader: PageReader, running: Pass) -> None:
        await reader.take(Fetched(state.replica.begin_page(running, 0), page))
        assert state.replica.running is None
        assert state.replica.want is not None
        assert len(state.rows) == 0

    with_a_pass(scene)


def test_versions_that_differ_leave_their_rows_to_reads_of_keys() -> None:
    async def scene(state: FeedState, reader: PageReader, running: Pass) -> None:
        await reader.take(await reader.fetch(running, 0, 1000, Reads()))
        await reader.take(Fetched(state.replica.begin_page(running, 0), Page((), ())))
        state.replica.complete_pass(running)
        state.version_column = "name"
        compare = state.replica.begin_pass()
        compare.compares = True
        # Of compare passes, pages hold the key and the version.
        page = Page((), ((1, "one"), (2, "newer"), (3, "new")))
        fetched = Fetched(state.replica.begin_page(compare, 0), page)
        assert reader.last_key(fetched) == (3,)
        await reader.take(fetched)
        assert set(state.replica.dirty) == {(2,), (3,)}
        assert state.wake_keys.is_set()
        assert state.snapshot().rows == ROWS

    with_a_pass(scene)
