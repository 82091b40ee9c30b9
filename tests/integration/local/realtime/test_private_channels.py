"""Private channels: policies on `realtime.messages` decide who may join."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient

ADA = "11111111-2222-3333-4444-555555555555"
MINE = (
    "create policy mine on realtime.messages for select to authenticated"
    " using (realtime.topic() = 'room-' || (auth.uid())::text)"
)


@pytest.fixture
def private(items: LocalBackend) -> LocalBackend:
    """Only a user's own room may be joined."""
    items.sql("drop policy if exists mine on realtime.messages;" + MINE)
    return items


async def joined(client: PhoenixClient, topic: str, **payload: Any) -> dict[str, Any]:
    await client.push(f"realtime:{topic}", "phx_join", payload)
    reply: dict[str, Any] = (await client.read())["payload"]
    return reply


def refusal(topic: str) -> dict[str, Any]:
    reason = f"Unauthorized: You do not have permissions to read from this Channel topic: {topic}"
    return {"status": "error", "response": {"reason": reason}}


async def test_policies_decide_who_joins_a_private_channel(
    private: LocalBackend, connect: Connect
) -> None:
    config = {"private": True}
    ada = private.token(sub=ADA)
    async with connect(private.anon_key) as client:
        assert await joined(client, f"room-{ADA}", config=config) == refusal(f"room-{ADA}")
        assert await joined(client, "room-bob", config=config, access_token=ada) == refusal(
            "room-bob"
        )
        mine = await joined(client, f"room-{ADA}", config=config, access_token=ada)
        assert mine["status"] == "ok"
        as_text = await joined(client, "room-eve", config={"private": "True"}, access_token=ada)
        assert as_text == refusal("room-eve")
        assert (await joined(client, "room-eve", config={}))["status"] == "ok", "a public one"
    async with connect(private.service_key) as client:
        assert (await joined(client, "anything", config=config))["status"] == "ok"
    assert private.sql("select count(*) from realtime.messages") == [(0,)], "nothing is kept"


async def test_changes_of_a_private_channel_are_those_of_the_table(
    private: LocalBackend, connect: Connect
) -> None:
    binding = {"event": "*", "schema": "public", "table": "items"}
    async with connect(private.anon_key) as client:
        config = {"private": True, "postgres_changes": [binding]}
        token = private.token(sub=ADA)
        reply = await joined(client, f"room-{ADA}", config=config, access_token=token)
        assert reply["status"] == "ok"
        assert (await client.read())["payload"]["message"] == "Subscribed to PostgreSQL"
        private.sql("insert into items(id) values (1)")
        assert (await client.change())["record"]["id"] == 1


async def test_a_token_that_may_not_read_ends_a_private_channel(
    private: LocalBackend, connect: Connect
) -> None:
    async with connect(private.anon_key) as client:
        topic = f"room-{ADA}"
        token = private.token(sub=ADA)
        await joined(client, topic, config={"private": True}, access_token=token)
        other = {"access_token": private.token("anon", sub=ADA)}
        await client.push(f"realtime:{topic}", "access_token", other)
        system, close = await client.read(), await client.read()
        message = refusal(topic)["response"]["reason"].removeprefix("Unauthorized: ")
        assert system["payload"]["message"] == message
        assert close["event"] == "phx_close"


async def test_a_policy_that_fails_lets_nobody_in(private: LocalBackend, connect: Connect) -> None:
    private.sql("alter policy mine on realtime.messages using (1 / (length(topic) * 0) = 1)")
    async with connect(private.anon_key) as client:
        token = private.token(sub=ADA)
        reply = await joined(client, "room", config={"private": True}, access_token=token)
        assert reply == refusal("room")


async def test_a_private_channel_needs_the_database(
    private: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await asyncio.to_thread(private.faults.stop_postgres)
        reply = await joined(client, "room", config={"private": True})
        assert reply["response"]["reason"] == (
            "UnableToConnectToProject: Realtime was unable to connect to the project database"
        )
        assert (await joined(client, "room", config={}))["status"] == "ok"
