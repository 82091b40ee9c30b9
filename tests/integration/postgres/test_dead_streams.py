"""Connections that died without a word, and poolers, are found out."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from rtwidget.abc import Live
from rtwidget.errors import (
    ConnectionLostError,
    NotificationsUnavailableError,
)
from rtwidget.local import LocalBackend
from rtwidget.replica.budgets import PROJECT_READS_IN_FLIGHT
from tests.integration.postgres.conftest import OpenSource, announced, until_true
from tests.integration.postgres.proxy import Proxy
from tests.integration.postgres.watching import end_of, upcoming


async def test_a_server_that_goes_silent_is_noticed(
    backend: LocalBackend,
    web: str,
    name: str,
    open_source: OpenSource,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.2)
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listening_connection.REPLY_S", 0.5)
    announced(backend, name, "id int primary key")
    with Proxy(web) as proxy:
        source = await open_source(source=proxy.dsn)
        async with aclosing(source.notifications()) as events:
            assert await upcoming(events) == Live(ends_with_connection=True)
            proxy.silence(on=True)
            assert isinstance(await end_of(events), ConnectionLostError)


async def test_a_silent_server_does_not_hold_up_a_read_that_was_given_up(
    backend: LocalBackend,
    web: str,
    name: str,
    open_source: OpenSource,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.connect.pool.SILENCE_S", 1.0)
    announced(backend, name, "id int primary key")
    with Proxy(web) as proxy:
        source = await open_source(source=proxy.dsn)
        assert await source.last_key() is None
        proxy.silence(on=True)
        began = asyncio.get_running_loop().time()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await source.last_key()
        # Five of them are how long psycopg waits for an answer to its cancellation.
        assert asyncio.get_running_loop().time() - began < 8
        proxy.silence(on=False)
        assert await source.last_key() is None


async def test_an_idle_connection_that_was_ended_costs_no_failed_read(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    announced(backend, name, "id int primary key")
    source = await open_source()
    await asyncio.gather(*(source.last_key() for _ in range(8)))
    ours = "select count(*) from pg_stat_activity where usename = 'web'"
    assert 1 <= backend.sql(ours)[0][0] <= PROJECT_READS_IN_FLIGHT
    backend.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'web'")
    assert await source.last_key() is None


async def test_a_pooler_that_shares_connections_is_found_out(
    backend: LocalBackend,
    web: str,
    name: str,
    open_source: OpenSource,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.PROOF_S", 0.3)
    announced(backend, name, "id int primary key")
    with Proxy(web) as proxy:
        proxy.drops_notifications = True
        error = await end_of((await open_source(source=proxy.dsn)).notifications())
        assert isinstance(error, NotificationsUnavailableError)
        assert "pooler" in error.message


async def test_connections_without_a_read_are_given_back(
    backend: LocalBackend, name: str, open_source: OpenSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.connect.pool.IDLE_S", 0.1)
    announced(backend, name, "id int primary key")
    source = await open_source()
    await asyncio.gather(*(source.last_key() for _ in range(8)))
    gone = "select count(*) = 0 from pg_stat_activity where usename = 'web'"
    await asyncio.to_thread(until_true, lambda: backend.sql(gone)[0][0], "The server forgot us")
    assert await source.last_key() is None
