"""One connection's life: live only when it is heard, and a typed error at the first doubt."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing

import pytest

from rtwidget.abc import Live, Notification
from rtwidget.errors import (
    ConnectionLostError,
    NotificationsUnavailableError,
    TableNotFoundError,
)
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from rtwidget.sources.postgres.listen.channel import channel_of
from tests.integration.postgres.conftest import OpenSource, announced, until_true
from tests.integration.postgres.watching import end_of, upcoming


async def test_live_then_keys_in_the_order_of_the_reads_key(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    announced(backend, name, "a int, b text, primary key (b, a)")
    source = await open_source(primary_key=["a", "b"])
    async with aclosing(source.notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
        backend.sql(f"insert into {name} values (1, 'x'), (2, 'y')")
        assert await upcoming(events) == Notification(((1, "x"), (2, "y")))
        backend.sql(f"truncate {name}")
        assert await upcoming(events) == Notification(everything=True)


async def test_words_of_others_on_the_channel_are_ignored_or_wanted_as_a_pass(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    announced(backend, name, "id int primary key")
    source = await open_source()
    channel = channel_of("public", name)
    keys = [[index] for index in range(900)]
    ignored = [
        "",
        "no json",
        "[]",
        '{"keys": 5}',
        '{"keys": [[1]], "columns": 7}',
        "[" * 7000,
        "1e9999",
    ]
    suspicious = [
        json.dumps({"columns": ["id"], "keys": given})
        for given in ([["x"]], [[1, 2]], [[None]], [[[1]]], [[2**70]], [[True]], [["\0"]], [[1.5]])
    ]
    async with aclosing(source.notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
        for payload in ignored:
            backend.sql("select pg_notify(%s, %s)", channel, payload)
        for payload in [*suspicious, '{"columns": ["other"], "keys": [[1]]}']:
            backend.sql("select pg_notify(%s, %s)", channel, payload)
            assert await upcoming(events) == Notification(everything=True), payload
        forged = json.dumps({"columns": ["id"], "keys": keys})
        backend.sql("select pg_notify(%s, %s)", channel, forged)
        told = await upcoming(events)
        assert isinstance(told, Notification)
        assert len(told.keys) == 900


async def test_without_triggers_it_is_unavailable_and_says_the_command(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(
        f"create table {name} (id int primary key); create view v_{name} as select * from {name}"
    )
    error = await end_of((await open_source()).notifications())
    assert isinstance(error, NotificationsUnavailableError)
    assert f"rtwidget postgres enable {name} --dsn" in error.hint
    assert "owner postgres" in error.hint
    error = await end_of((await open_source(f"v_{name}", primary_key="id")).notifications())
    assert isinstance(error, NotificationsUnavailableError)
    assert "is a view" in error.message
    backend.sql(f"alter table {name} drop constraint {name}_pkey")
    setup.enable(name, backend.dsn, primary_key=["id"])
    error = await end_of((await open_source()).notifications())
    assert isinstance(error, NotificationsUnavailableError)
    assert "primary_key=" in error.hint
    error = await end_of((await open_source("no_such")).notifications())
    assert isinstance(error, TableNotFoundError)


async def test_a_killed_connection_is_lost_at_once(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    announced(backend, name, "id int primary key")
    async with aclosing((await open_source()).notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
        backend.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'web'")
        assert isinstance(await end_of(events), ConnectionLostError)


async def test_a_heartbeat_sees_triggers_that_went_and_tables_that_changed(
    backend: LocalBackend, name: str, open_source: OpenSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.2)
    announced(backend, name, "id int primary key")
    source = await open_source()
    async with aclosing(source.notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
        setup.disable(name, backend.dsn)
        assert isinstance(await end_of(events), NotificationsUnavailableError)
    setup.enable(name, backend.dsn)
    async with aclosing(source.notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
        backend.sql(f"drop table {name}")
        announced(backend, name, "id int primary key")
        error = await end_of(events)
        assert isinstance(error, ConnectionLostError)
        assert "altered" in error.message


async def test_the_server_forgets_who_left(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    announced(backend, name, "id int primary key")
    source = await open_source()
    async with aclosing(source.notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
    await source.aclose()
    gone = "select count(*) = 0 from pg_stat_activity where usename = 'web'"
    await asyncio.to_thread(until_true, lambda: backend.sql(gone)[0][0], "The server forgot us")
