"""Sockets, joins and subscriptions that fail on request, and `clear` that ends it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import websockets

from rtwidget.local import LocalBackend, LocalBackendError

if TYPE_CHECKING:
    from tests.integration.local.conftest import Connect

USER = "11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize("code", [1000, 1001, 1012])
async def test_close(items: LocalBackend, connect: Connect, code: int) -> None:
    async with connect() as one, connect() as other:
        await one.join()
        await other.join()
        await asyncio.to_thread(items.faults.close, code)
        for client in (one, other):
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await client.read()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == code
        assert items.subscriptions == 0


async def test_reset_tcp(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.reset_tcp()
        with pytest.raises(websockets.ConnectionClosedError) as closed:
            await client.read()
        assert closed.value.rcvd is None


async def test_blocked_handshakes_are_refused(items: LocalBackend, connect: Connect) -> None:
    async with connect() as before:
        items.faults.block_websocket()
        with pytest.raises(websockets.InvalidStatus) as refusal:
            async with connect():
                pass
        assert refusal.value.response.status_code == 503
        assert (await before.join())["status"] == "ok"
    items.faults.block_websocket(blocked=False)
    async with connect() as client:
        assert (await client.join())["status"] == "ok"


async def test_blocked_handshakes_hang_until_cleared(items: LocalBackend, connect: Connect) -> None:
    items.faults.block_websocket(hang=True)

    async def join() -> str:
        async with connect() as client:
            return str((await client.join())["status"])

    waiting = asyncio.ensure_future(join())
    done, _ = await asyncio.wait({waiting}, timeout=0.3)
    assert not done
    items.faults.clear()
    assert await waiting == "ok"


async def test_refused_joins(items: LocalBackend, connect: Connect) -> None:
    items.faults.refuse_joins(2, "RlsPolicyError: no")
    async with connect() as client:
        for _ in range(2):
            await client.push("realtime:t", "phx_join", {})
            reply = await client.read()
            assert reply["payload"] == {
                "status": "error",
                "response": {"reason": "RlsPolicyError: no"},
            }
        assert (await client.join())["status"] == "ok"
        items.faults.refuse_joins(9)
        items.faults.clear()
        assert (await client.join(topic="realtime:u"))["status"] == "ok"


async def test_delayed_subscription_misses_what_happens_meanwhile(
    items: LocalBackend, connect: Connect
) -> None:
    items.faults.delay_subscribed(600)
    async with connect() as client:
        joining = asyncio.ensure_future(client.join())
        done, _ = await asyncio.wait({joining}, timeout=0.2)
        assert not done
        assert items.subscriptions == 0
        items.sql("insert into items(id) values (1)")
        await asyncio.to_thread(items.catch_up)
        items.faults.clear()
        assert (await joining)["message"] == "Subscribed to PostgreSQL"
        items.sql("insert into items(id) values (2)")
        assert (await client.change())["record"]["id"] == 2


async def test_delay_ends_by_itself(items: LocalBackend, connect: Connect) -> None:
    items.faults.delay_subscribed(0.2)
    async with connect() as client:
        began = asyncio.get_running_loop().time()
        assert (await client.join())["status"] == "ok"
        assert asyncio.get_running_loop().time() - began >= 0.2


async def test_repeated_subscribed(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        first = await client.join()
        items.faults.repeat_subscribed()
        assert (await client.read())["payload"] == first
        items.sql("insert into items(id) values (1)")
        assert (await client.change())["record"]["id"] == 1


async def test_system_error_closes_the_channel(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.system_error("Query was cancelled, please try again")
        system, close = await client.read(), await client.read()
        assert system["payload"] == {
            "message": "Query was cancelled, please try again",
            "status": "error",
            "extension": "system",
            "channel": "t",
        }
        assert close["event"] == "phx_close"
        assert items.subscriptions == 0
        assert (await client.join())["status"] == "ok"


async def test_error_of_the_subscription_leaves_the_channel_joined_and_dead(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        items.faults.system_error("Unable to subscribe", "postgres_changes")
        assert (await client.read())["payload"]["extension"] == "postgres_changes"
        items.sql("insert into items(id) values (1)")
        await asyncio.to_thread(items.catch_up)
        await client.heartbeat()
        await client.push("realtime:t", "phx_leave", {})
        assert (await client.read())["payload"]["status"] == "ok"


async def test_expired_tokens_end_users_channels_but_not_the_keys(
    items: LocalBackend, connect: Connect
) -> None:
    old = items.token(sub=USER)
    async with connect() as user, connect() as service:
        await user.join(token=old)
        await service.join()
        items.faults.expire_tokens()
        system, close = await user.read(), await user.read()
        assert system["payload"]["message"] == "Token has expired 0 seconds ago"
        assert close["event"] == "phx_close"
        await service.heartbeat()
        await user.push("realtime:t", "phx_join", {"access_token": old})
        reason = (await user.read())["payload"]["response"]["reason"]
        assert reason.startswith("InvalidJWTToken: Token has expired")
        assert (await user.join(token=items.token(sub=USER)))["status"] == "ok"
        items.faults.clear()
        assert (await user.join(token=old, topic="realtime:u"))["status"] == "ok"


def test_faults_need_a_running_backend() -> None:
    with pytest.raises(LocalBackendError, match="start"):
        LocalBackend().faults.close()
    with LocalBackend() as backend:
        backend.faults.close()
        with LocalBackend(dsn=backend.dsn) as attached, pytest.raises(LocalBackendError):
            attached.faults.restart_postgres()
        backend.faults.block_websocket(hang=True)
    with pytest.raises(LocalBackendError, match="start"):
        backend.faults.reset_tcp()
    with pytest.raises(LocalBackendError, match="start"):
        backend.faults.restart_postgres()
