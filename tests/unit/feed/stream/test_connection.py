"""One connection's life: live, announcing, ended for a reason, or left politely."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import ConnectionLostError, UnreachableError
from rtwidget.feed.stream.connection import Connection
from tests.unit.feed.stream.script import Script
from tests.unit.feed.virtual import played


def test_it_is_live_once_the_source_says_so_and_hears_what_comes_before_and_after() -> None:
    async def run() -> None:
        heard: list[Notification] = []
        early, late = Notification(keys=((1,),)), Notification(keys=((2,),))
        source = Script(early, 2.0, Live(ends_with_connection=True), 3.0, late, 600.0)
        connection = Connection(source, heard.append)
        assert await connection.until_live() is None
        assert heard == [early]
        assert connection.ends_with_connection
        assert await connection.until_end(3.5) is None
        assert heard == [early, late]
        assert connection.lived_s == 3.5
        await connection.aclose()
        assert connection.ended
        assert source.left

    played(run)


@pytest.mark.parametrize("before_live", [True, False])
def test_why_it_ended_is_returned_whenever_it_did(*, before_live: bool) -> None:
    async def run() -> None:
        error = UnreachableError("Nobody answers.")
        steps: tuple[Event | float | Exception, ...] = (error,) if before_live else (Live(), error)
        connection = Connection(Script(*steps), lambda _one: None)
        if before_live:
            assert await connection.until_live() is error
            assert connection.lived_s == 0
        assert await connection.until_end(600) is error

    played(run)


def test_a_source_that_stops_by_itself_has_lost_its_connection() -> None:
    async def run() -> None:
        connection = Connection(Script(Live(), 1.0), lambda _one: None)
        assert isinstance(await connection.until_end(600), ConnectionLostError)

    played(run)


def test_a_wait_for_the_end_may_be_ended_by_something_else() -> None:
    async def run() -> None:
        clock = asyncio.get_running_loop().time
        connection, began = Connection(Script(Live(), 600.0), lambda _one: None), clock()
        doubt: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(5, doubt.set_result, None)
        assert await connection.until_end(60, doubt, None) is None
        assert clock() - began == 5
        await connection.aclose()

    played(run)
