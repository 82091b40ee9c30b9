"""When the database is asked for nothing, and what follows from its answer or its silence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rtwidget.errors import (
    IdentityChangedError,
    PermissionDeniedError,
    SourceError,
    UnreachableError,
)
from rtwidget.feed.reads.pinger import Pinger
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import PING_INTERVAL_S
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.states.lifecycle import Event, Reads
from rtwidget.sources.memory import MemorySource
from tests.unit.feed.bench import Server
from tests.unit.feed.virtual import played


class Pinged(MemorySource):
    """Counts its pings, and fails of what the test says, once for each."""

    def __init__(self, *errors: SourceError) -> None:
        super().__init__(Server().table)
        self._errors = list(errors)
        self.asked = 0

    async def ping(self) -> None:
        self.asked += 1
        if self._errors:
            raise self._errors.pop(0)


Scene = Callable[[FeedState, Project, "asyncio.Future[None]"], Awaitable[None]]


def pinged(source: Pinged, scene: Scene) -> None:
    """Play a scene with a table that is complete and live."""

    async def run() -> None:
        state, project = FeedState(lambda: 0.0, PassPlan()), Project()
        for event in (Event.STREAM_LIVE, Event.ROWS_ARRIVED, Event.PASS_COMPLETED):
            state.apply(event)
        state.described, state.replica.want = True, None
        health = ReadHealth(state, lambda: 0.5, project)
        context = ReadContext(state, source, project.rate_limiter, health)
        pinging = asyncio.ensure_future(Pinger(context, project).run())
        await asyncio.sleep(0)
        await scene(state, project, pinging)
        pinging.cancel()
        await asyncio.wait([pinging])

    played(run)


def test_a_quiet_project_is_pinged_and_one_that_was_just_answered_is_not() -> None:
    source = Pinged()

    async def scene(_state: FeedState, project: Project, _pinging: asyncio.Future[None]) -> None:
        await asyncio.sleep(PING_INTERVAL_S - 1)
        project.answered()
        await asyncio.sleep(PING_INTERVAL_S - 1)
        assert source.asked == 0
        await asyncio.sleep(1.5)
        assert source.asked == 1

    pinged(source, scene)


def test_two_pings_without_an_answer_are_told_and_the_next_answer_ends_that() -> None:
    source = Pinged(UnreachableError("No answer."), UnreachableError("No answer."))

    async def scene(state: FeedState, _project: Project, _pinging: asyncio.Future[None]) -> None:
        told = []
        for _ in range(600):
            await asyncio.sleep(0.1)
            told.append(state.lifecycle.reads)
        assert Reads.FAILING in told
        assert told[-1] is Reads.WORKING
        assert state.replica.want is None

    pinged(source, scene)


def test_a_refusal_is_an_answer_of_which_a_pass_says_more() -> None:
    async def scene(state: FeedState, project: Project, _pinging: asyncio.Future[None]) -> None:
        await asyncio.sleep(PING_INTERVAL_S + 1)
        assert state.replica.want is not None
        assert state.wake_passes.is_set()
        assert project.answered_at > 0
        assert state.lifecycle.reads is Reads.WORKING

    pinged(Pinged(PermissionDeniedError("No.", "Grant it.")), scene)


def test_another_identity_ends_the_pings() -> None:
    async def scene(_state: FeedState, _project: Project, pinging: asyncio.Future[None]) -> None:
        with pytest.raises(IdentityChangedError):
            await pinging

    pinged(Pinged(IdentityChangedError("Somebody else.")), scene)
