"""A read or a stream that is given up ends, and its connection with it, also where psycopg swallows the cancellation."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from time import sleep
from typing import Any

import psycopg
import pytest

from rtwidget.local import LocalBackend
from tests.integration.postgres.conftest import OpenSource, OpenTable, announced, until_true

GONE = "select count(*) = 0 from pg_stat_activity where usename = 'web'"


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Make every statement swallow a cancellation, as psycopg does on older Pythons; set when one waits."""
    waiting = asyncio.Event()
    execute = psycopg.AsyncConnection.execute

    async def swallowing(self: Any, *arguments: Any, **options: Any) -> Any:
        waiting.set()
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(0.2)
        return await execute(self, *arguments, **options)

    monkeypatch.setattr(psycopg.AsyncConnection, "execute", swallowing)
    return waiting


@pytest.mark.parametrize("what", ["read", "stream"])
async def test_a_swallowed_cancellation_is_gone_on_with(
    backend: LocalBackend, name: str, open_source: OpenSource, entered: asyncio.Event, what: str
) -> None:
    announced(backend, name, "id int primary key")
    source = await open_source()
    going = source.last_key() if what == "read" else anext(source.notifications())
    task = asyncio.ensure_future(going)
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await source.aclose()
    await asyncio.to_thread(until_true, lambda: backend.sql(GONE)[0][0], "The server forgot us")


def test_closing_at_any_moment_leaves_no_connection(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key")
    # A connection that is closed when Python gets to collecting it stays for minutes in a big process.
    gc.disable()
    try:
        for step in range(20):
            table = open_table(verify_every=1)
            sleep(step / 200)
            table.close()
        until_true(lambda: backend.sql(GONE)[0][0], "The server forgot us")
    finally:
        gc.enable()
