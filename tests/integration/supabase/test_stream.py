"""One connection's life against the local Realtime server."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import ConnectionLostError
from rtwidget.local import LocalBackend
from rtwidget.sources.supabase.realtime import channel as life
from tests.patience import PATIENCE_S

from .conftest import Open


async def take(events: Any, count: int) -> list[Event]:
    async with asyncio.timeout(PATIENCE_S):
        return [await anext(events) for _ in range(count)]


async def until_unsubscribed(backend: LocalBackend) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while backend.subscriptions:  # noqa: ASYNC110  (the server has nothing to wait for)
            await asyncio.sleep(0.01)


async def test_changes_name_their_keys_after_live(backend: LocalBackend, opened: Open) -> None:
    source = await opened()
    async with aclosing(source.notifications()) as events:
        assert await take(events, 1) == [Live()]
        backend.sql("insert into t(id) values (70); update t set id = 71 where id = 70")
        backend.sql("delete from t where id = 71")
        taken = await take(events, 3)
        assert all(isinstance(one, Notification) and one.committed_at for one in taken)
        keys = [one.keys for one in taken if isinstance(one, Notification)]
        assert keys == [((70,),), ((71,), (70,)), ((71,),)]
        assert backend.subscriptions == 1
    await until_unsubscribed(backend)


async def test_a_table_that_only_matches_the_pattern_says_nothing(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql(
        "create table user_data(id int primary key); create table userxdata(id int primary key);"
        "alter publication supabase_realtime add table user_data, userxdata"
    )
    async with aclosing((await opened("user_data")).notifications()) as events:
        await take(events, 1)
        backend.sql("insert into userxdata values (1); insert into user_data values (2)")
        (event,) = await take(events, 1)
        assert isinstance(event, Notification)
        assert event.keys == ((2,),)


async def test_keys_that_cannot_be_compared_mean_everything(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql(
        "create table timed(at timestamptz primary key);"
        "alter publication supabase_realtime add table timed"
    )
    async with aclosing((await opened("timed", primary_key="at")).notifications()) as events:
        await take(events, 1)
        backend.sql("insert into timed values (now())")
        (event,) = await take(events, 1)
        assert isinstance(event, Notification)
        assert event.everything


@pytest.mark.parametrize("code", [1000, 1001, 1012])
async def test_a_close_of_any_code_is_a_loss(
    backend: LocalBackend, opened: Open, code: int
) -> None:
    async with aclosing((await opened()).notifications()) as events:
        await take(events, 1)
        backend.faults.close(code)
        with pytest.raises(ConnectionLostError) as caught:
            await take(events, 1)
    assert caught.value.code == str(code)


async def test_a_broken_connection_is_a_loss(backend: LocalBackend, opened: Open) -> None:
    async with aclosing((await opened()).notifications()) as events:
        await take(events, 1)
        backend.faults.reset_tcp()
        with pytest.raises(ConnectionLostError, match="without a word"):
            await take(events, 1)


async def test_heartbeats_keep_a_silent_connection(
    backend: LocalBackend, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(life, "REPLY_S", 3.0)
    backend.settings.idle_timeout_s = 9.0
    async with aclosing((await opened()).notifications()) as events:
        await take(events, 1)
        waiting = asyncio.ensure_future(anext(events))
        done, _ = await asyncio.wait({waiting}, timeout=10.0)
        assert not done
        backend.sql("insert into t(id) values (70)")
        async with asyncio.timeout(PATIENCE_S):
            assert isinstance(await waiting, Notification)


async def test_an_abandoned_wait_leaves_no_subscription(
    backend: LocalBackend, opened: Open
) -> None:
    events = (await opened()).notifications()
    await take(events, 1)
    waiting = asyncio.ensure_future(anext(events))
    await asyncio.wait({waiting}, timeout=0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await events.aclose()
    await until_unsubscribed(backend)
