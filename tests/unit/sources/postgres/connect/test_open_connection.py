"""Opening a connection: what psycopg is asked for, and that nothing of a failure keeps the password."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from rtwidget import Postgres
from rtwidget.errors import UnreachableError
from rtwidget.sources.postgres.connect import open_connection
from rtwidget.sources.postgres.connect.open_connection import (
    broken_after,
    connect,
    demand_not_cancelled,
)
from tests.unit.sources.postgres.shown import shown

ADDRESS = Postgres("host=h user=me password=hidden", insecure=True).address


class Connection:
    closed = False

    def fileno(self) -> int:
        raise psycopg.OperationalError("closed meanwhile")

    async def close(self) -> None:
        self.closed = True


def answering(monkeypatch: pytest.MonkeyPatch, answer: object) -> dict[str, Any]:
    """Let psycopg answer, and return what it was asked for."""
    asked: dict[str, Any] = {}

    async def opened(dsn: str, **options: Any) -> object:
        asked.update(options, dsn=dsn)
        if isinstance(answer, BaseException):
            raise answer
        return answer() if callable(answer) else answer

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", opened)
    return asked


async def test_values_travel_apart_and_no_plan_outlives_its_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection: Any = Connection()
    asked = answering(monkeypatch, connection)
    assert await connect(ADDRESS) is connection
    assert "password=hidden" in asked["dsn"]
    assert (asked["autocommit"], asked["prepare_threshold"]) == (True, None)
    assert asked["cursor_factory"] is psycopg.AsyncRawCursor


@pytest.mark.parametrize(
    "error",
    [
        psycopg.OperationalError("connection failed: Connection refused"),
        OSError("no route"),
        UnicodeError("x"),
    ],
)
async def test_no_failure_keeps_the_password(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    answering(monkeypatch, error)
    with pytest.raises(UnreachableError) as caught:
        await connect(ADDRESS)
    assert "hidden" not in shown(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("raised", [psycopg.OperationalError("cancelled"), None])
async def test_a_cancellation_that_psycopg_swallowed_goes_on(
    monkeypatch: pytest.MonkeyPatch, raised: Exception | None
) -> None:
    connection = Connection()

    def swallowing() -> Connection:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        if raised is not None:
            raise raised
        return connection

    answering(monkeypatch, swallowing)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(connect(ADDRESS))
    assert connection.closed is (raised is None)


async def test_nobody_is_cancelled_who_was_not() -> None:
    demand_not_cancelled()


async def test_a_silent_connection_is_ended_while_somebody_waits_and_never_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended, broken = asyncio.Event(), list[object]()

    def end(connection: object) -> None:
        broken.append(connection)
        ended.set()

    monkeypatch.setattr(open_connection, "_break", end)
    silent: Any = Connection()
    with broken_after(silent, 0):
        await ended.wait()
    assert broken == [silent]
    with broken_after(silent, 0):
        pass
    for _ in range(3):
        await asyncio.sleep(0)
    assert broken == [silent]


def test_a_connection_that_ended_meanwhile_needs_no_end() -> None:
    closed: Any = Connection()
    open_connection._break(closed)
