"""What feeds of one project tell each other: pings are asked once, an outage doubts every stream, a burst warns all."""

from __future__ import annotations

import asyncio

from rtwidget.errors import DatabaseUnavailableError, SourceError, UnreachableError
from rtwidget.feed.sharing.project_state import Project
from rtwidget.replica.budgets import PING_GAP_S, PING_TIMEOUT_S
from tests.unit.feed.virtual import played


class Stream:
    """Notes what the project tells it."""

    def __init__(self, project: Project) -> None:
        self.outages: list[float] = []
        self.bursts = 0
        project.streams[self] = None

    def outage_ended(self, at: float) -> None:
        self.outages.append(at)

    def burst(self) -> None:
        self.bursts += 1


class Database:
    """Answers pings, or does not."""

    def __init__(self, error: SourceError | None = None, takes_s: float = 0.1) -> None:
        self.error = error
        self.takes_s = takes_s
        self.asked = 0

    async def ping(self) -> None:
        self.asked += 1
        await asyncio.sleep(self.takes_s)
        if self.error is not None:
            raise self.error


def test_all_who_ask_at_one_time_ask_once() -> None:
    async def run() -> tuple[int, list[SourceError | None]]:
        project, database = Project(), Database()
        answers = await asyncio.gather(*(project.ping(database.ping) for _ in range(5)))
        return database.asked, answers

    assert played(run) == (1, [None] * 5)


def test_a_ping_that_failed_is_not_repeated_at_once() -> None:
    async def run() -> tuple[int, int]:
        project, database = Project(), Database(UnreachableError("No answer."))
        first = await project.ping(database.ping)
        assert await project.ping(database.ping) is first
        soon = database.asked
        await asyncio.sleep(PING_GAP_S)
        await project.ping(database.ping)
        return soon, database.asked

    assert played(run) == (1, 2)


def test_a_ping_without_an_answer_ends_and_says_how_long_it_waited() -> None:
    async def run() -> tuple[SourceError | None, float]:
        clock = asyncio.get_running_loop().time
        began = clock()
        return await Project().ping(Database(takes_s=10_000).ping), clock() - began

    error, took_s = played(run)
    assert isinstance(error, UnreachableError)
    assert f"{PING_TIMEOUT_S:.0f} s" in error.message
    assert took_s == PING_TIMEOUT_S


def test_another_table_is_asked_beside_one_that_is_locked() -> None:
    async def run() -> list[int]:
        project, locked, other = Project(), Database(takes_s=10_000), Database()
        waiting = asyncio.ensure_future(project.ping(locked.ping))
        await asyncio.sleep(0)
        assert await project.ping(other.ping) is None
        waiting.cancel()
        await asyncio.wait([waiting])
        return [locked.asked, other.asked]

    assert played(run) == [1, 1]


def test_the_end_of_an_outage_doubts_every_stream_once() -> None:
    async def run() -> tuple[list[float], list[float], float]:
        project, clock = Project(), asyncio.get_running_loop().time
        streams = Stream(project), Stream(project)
        project.answered()
        project.unanswered(UnreachableError("No answer."), clock() + 1)
        down_at = clock()
        await asyncio.sleep(5)
        project.answered()
        project.answered()
        return streams[0].outages, streams[1].outages, down_at

    one, other, down_at = played(run)
    assert one == other == [down_at]


def test_what_others_were_answered_meanwhile_is_no_outage_but_a_database_that_is_down_is_one() -> (
    None
):
    async def run() -> list[list[float]]:
        project, clock = Project(), asyncio.get_running_loop().time
        stream, found = Stream(project), []
        for error in (UnreachableError("Locked."), DatabaseUnavailableError("Starting.")):
            began = clock()
            await asyncio.sleep(1)
            project.answered()
            project.unanswered(error, began)
            project.answered()
            found.append(list(stream.outages))
        return found

    locked, down = played(run)
    assert not locked
    assert len(down) == 1


def test_a_burst_of_all_tables_together_is_told_to_every_stream() -> None:
    async def run() -> list[int]:
        project = Project()
        streams = Stream(project), Stream(project)
        for _ in range(499):
            project.heard()
        before = streams[0].bursts
        project.heard()
        return [before, *(one.bursts for one in streams)]

    assert played(run) == [0, 1, 1]
