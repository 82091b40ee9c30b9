"""Tokens that expire or are bad, and handshakes and joins that are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import websockets

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect


async def test_token_expires_on_time_and_only_the_channel_ends(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join(token=items.token("service_role", ttl_s=0.5))
        system, close = await client.read(), await client.read()
        assert re.fullmatch(r"Token has expired \d+ seconds ago", system["payload"]["message"])
        assert close["event"] == "phx_close"
        assert items.subscriptions == 0
        await client.heartbeat()


@pytest.mark.parametrize(
    ("ttl_s", "broken", "reason"),
    [
        (-5, "", "InvalidJWTToken: Token has expired"),
        (60, "abc", "MalformedJWT: The token provided is not a valid JWT"),
    ],
)
async def test_refused_joins(
    items: LocalBackend, connect: Connect, ttl_s: float, broken: str, reason: str
) -> None:
    async with connect() as client:
        token = broken or items.token(ttl_s=ttl_s)
        await client.push("realtime:t", "phx_join", {"access_token": token})
        payload = (await client.read())["payload"]
    assert payload["status"] == "error"
    assert payload["response"]["reason"].startswith(reason)


async def test_pushed_token_that_is_bad_ends_the_channel(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        await client.push("realtime:t", "access_token", {"access_token": "garbage"})
        system, close = await client.read(), await client.read()
    assert system["payload"]["message"] == "The token provided is not a valid JWT"
    assert close["event"] == "phx_close"


@pytest.mark.parametrize(
    ("query", "status", "body"),
    [
        ("", 401, '{"error": "API key is missing"}'),
        ("apikey=", 401, '{"error": "The token provided is not a valid JWT"}'),
        ("apikey={anon}&vsn=3.0.0", 403, ""),
    ],
)
async def test_refused_handshakes(
    backend: LocalBackend, query: str, status: int, body: str
) -> None:
    address = backend.url.replace("http", "ws", 1) + "/realtime/v1/websocket?"
    with pytest.raises(websockets.InvalidStatus) as refusal:
        await websockets.connect(address + query.format(anon=backend.anon_key), proxy=None)
    assert refusal.value.response.status_code == status
    assert (refusal.value.response.body or b"").decode() == body


@pytest.mark.parametrize(
    ("access_token", "user_token", "is_refused"),
    [
        ("", None, True),
        (None, "", True),
        ("good", "bad", True),
        ("bad", "good", False),
        ("sb_publishable_x", "bad", False),
        (5, None, False),
    ],
)
async def test_which_token_of_a_join_counts(
    items: LocalBackend,
    connect: Connect,
    access_token: object,
    user_token: object,
    is_refused: bool,  # noqa: FBT001
) -> None:
    tokens = {"access_token": access_token, "user_token": user_token}
    payload = {name: items.token() if text == "good" else text for name, text in tokens.items()}
    async with connect() as client:
        await client.push("realtime:t", "phx_join", {"config": {}, **payload})
        reply = (await client.read())["payload"]
    assert (reply["status"] == "error") is is_refused
    if is_refused:
        assert reply["response"]["reason"].startswith("MalformedJWT")
