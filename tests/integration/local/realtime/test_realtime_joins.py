"""Joins and events that the real server refuses, and those that are not done here; nobody is let in by mistake."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest
import websockets

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient


async def joined(client: PhoenixClient, topic: str, **payload: Any) -> dict[str, Any]:
    await client.push(f"realtime:{topic}", "phx_join", payload)
    reply: dict[str, Any] = (await client.read())["payload"]
    return reply


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({}, "LocalBackend: "),
        ({"config": {"presence": {"enabled": True}}}, "LocalBackend: "),
        ({"config": {"broadcast": {"replication_ready": "true"}}}, "LocalBackend: "),
        ({"config": {"private": True, "broadcast": {"replay": {}}}}, "LocalBackend: "),
        (
            {"config": {"broadcast": {"replay": {}}}},
            "UnableToReplayMessages: Replay is not allowed",
        ),
    ],
)
async def test_what_is_not_done_here_is_refused_by_name(
    items: LocalBackend, connect: Connect, payload: dict[str, Any], reason: str
) -> None:
    async with connect() as client:
        reply = await joined(client, "t", **payload)
        assert reply["status"] == "error"
        assert reply["response"]["reason"].startswith(reason)


@pytest.mark.parametrize("event", ["broadcast", "presence"])
async def test_events_that_would_reach_nobody_are_refused(
    items: LocalBackend, connect: Connect, event: str
) -> None:
    async with connect() as client:
        await joined(client, "t", config={})
        await client.push("realtime:t", event, {"event": "x"})
        reply = (await client.read())["payload"]
        assert reply["status"] == "error"
        assert event in reply["response"]["reason"]
        await client.push("realtime:t", "foo", {})
        await client.heartbeat()


def token_without(backend: LocalBackend, claim: str) -> str:
    claims = jwt.decode(backend.token("service_role"), options={"verify_signature": False})
    del claims[claim]
    return jwt.encode(claims, backend._secret, algorithm="HS256")


@pytest.mark.parametrize("claim", ["role", "exp"])
async def test_a_token_without_its_claims(
    items: LocalBackend, connect: Connect, claim: str
) -> None:
    words = "Fields `role` and `exp` are required in JWT"
    token = token_without(items, claim)
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with connect(token):
            pass
    assert refused.value.response.status_code == 401
    assert (refused.value.response.body or b"").decode() == f'{{"error": "{words}"}}'
    async with connect() as client:
        reply = await joined(client, "t", config={}, access_token=token)
        assert reply["response"]["reason"] == f"InvalidJWTToken: {words}"
        await client.join(topic="realtime:u")
        await client.push("realtime:u", "access_token", {"access_token": token})
        assert (await client.read())["payload"]["message"] == words


async def test_refusals_take_their_time_and_the_whole_socket_waits(
    items: LocalBackend, connect: Connect
) -> None:
    items.settings.join_error_delay_s = items.settings.handshake_error_delay_s = 0.5
    async with connect() as client:
        await client.join()
        began = time.monotonic()
        await client.push("realtime:u", "phx_join", {"access_token": "x", "config": {}})
        await client.push("phoenix", "heartbeat", {})
        items.sql("insert into items(id) values (1)")
        await asyncio.to_thread(items.catch_up)
        frames = [await client.read() for _ in range(3)]
        assert time.monotonic() - began >= 0.5
        assert frames[0]["event"] == "phx_reply"
        assert frames[0]["payload"]["status"] == "error"
        assert {frame["topic"] for frame in frames[1:]} == {"phoenix", "realtime:t"}
    began = time.monotonic()
    with pytest.raises(websockets.InvalidStatus):
        async with connect("nonsense"):
            pass
    assert time.monotonic() - began >= 0.5


def test_the_delays_are_the_real_servers_unless_a_test_shortens_them() -> None:
    from rtwidget.local import Settings  # noqa: PLC0415

    real, prompt = Settings(), Settings.prompt()
    assert (real.handshake_error_delay_s, real.join_error_delay_s) == (2.0, 5.0)
    assert prompt.join_error_delay_s < 1


@pytest.mark.parametrize("topic", ["realtime:nope", "foo:bar"])
async def test_unmatched_topics_have_no_join_ref(
    items: LocalBackend, connect: Connect, topic: str
) -> None:
    async with connect(vsn="2.0.0") as client:
        event = "phx_join" if topic == "foo:bar" else "access_token"
        await client.socket.send(f'["7","8","{topic}","{event}",{{}}]')
        assert await client.read_text() == (
            f'[null,"8","{topic}","phx_reply",'
            '{"status":"error","response":{"reason":"unmatched topic"}}]'
        )
        await client.socket.send('["7","9","phoenix","heartbeat",{}]')
        assert await client.read_text() == (
            '[null,"9","phoenix","phx_reply",{"status":"ok","response":{}}]'
        )


async def test_a_refused_join_ends_the_older_channel_of_its_topic(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        reply = await joined(client, "t", config={}, access_token="nonsense")
        assert reply["status"] == "error"
        closed = await client.read()
        assert (closed["event"], closed["ref"]) == ("phx_close", "1")
        assert items.subscriptions == 0
        items.settings.max_channels = 1
        await client.join()
        assert (await joined(client, "t", config={}))["status"] == "ok", "it takes its own place"
