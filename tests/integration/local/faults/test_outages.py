"""A database that is down behind living servers, and change capture that comes back or never does."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import pytest

from tests.integration.local.waiting import first_heard
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient, Rest

NO_DATABASE = '{:error, "Too many database timeouts"}'


async def tells_nothing(backend: LocalBackend, client: PhoenixClient, key: int) -> None:
    """Insert a row, and prove that the channel does not hear of it though it is joined."""
    backend.sql("insert into items(id) values (%s)", key)
    await asyncio.to_thread(backend.catch_up)
    await client.heartbeat()
    await client.push("realtime:t", "phx_leave", {})
    assert (await client.read())["payload"]["status"] == "ok", "it was joined"


async def test_sockets_stay_silent_while_the_database_is_down(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        await asyncio.to_thread(items.faults.stop_postgres)
        for _ in range(3):
            await client.heartbeat()
        await asyncio.to_thread(items.faults.start_postgres)
        assert await first_heard(items, client, 1) >= 1
        assert items.subscriptions == 1


async def test_the_first_seconds_after_an_outage_are_lost(
    items: LocalBackend, connect: Connect
) -> None:
    items.settings.capture_resumes_s = 2.0
    async with connect() as client:
        await client.join()
        await asyncio.to_thread(items.faults.restart_postgres)
        items.sql("insert into items(id) values (1)")
        assert await first_heard(items, client, 2) > 2


async def test_a_join_during_an_outage_is_told_and_tried_again(
    items: LocalBackend, connect: Connect
) -> None:
    items.settings.subscribe_retry_s = 0.1
    async with connect() as client:
        await asyncio.to_thread(items.faults.stop_postgres)
        assert (await client.join())["message"] == NO_DATABASE
        await asyncio.to_thread(items.faults.start_postgres)
        messages = (await client.read() for _ in itertools.count())
        async for frame in messages:
            if frame["payload"]["status"] == "ok":
                break
            assert frame["payload"]["message"] == NO_DATABASE
        assert await first_heard(items, client, 1) >= 1


async def test_a_long_outage_ends_change_capture_for_who_is_joined(
    items: LocalBackend, connect: Connect
) -> None:
    items.settings.capture_gives_up_s = 0.3
    async with connect() as old, connect() as new:
        await old.join()
        await asyncio.to_thread(items.faults.stop_postgres)
        async with asyncio.timeout(PATIENCE_S):
            while items.subscriptions > 0:  # noqa: ASYNC110  (the server tells nobody)
                await asyncio.sleep(0.01)
        await old.heartbeat()
        await asyncio.to_thread(items.faults.start_postgres)
        items.sql("insert into items(id) values (1)")
        await asyncio.to_thread(items.catch_up)
        assert (await new.join())["message"] == "Subscribed to PostgreSQL"
        assert await first_heard(items, new, 2) >= 2
        await tells_nothing(items, old, 500)


async def test_capture_that_has_ended_is_started_by_the_next_join(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as old, connect() as new:
        await old.join()
        items.faults.end_capture()
        items.sql("insert into items(id) values (1)")
        await asyncio.to_thread(items.catch_up)
        await old.heartbeat()
        await new.join()
        assert await first_heard(items, new, 2) >= 2
        await tells_nothing(items, old, 500)


async def test_another_token_brings_a_forgotten_channel_back(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        items.faults.end_capture()
        await client.push("realtime:t", "access_token", {"access_token": items.token("anon")})
        assert (await client.read())["payload"]["message"] == "Subscribed to PostgreSQL"
        assert await first_heard(items, client, 1) >= 1


async def test_a_join_waits_for_a_cold_start_until_the_database_is_back(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        items.faults.end_capture()
        await asyncio.to_thread(items.faults.stop_postgres)
        joining = asyncio.ensure_future(client.join())
        done, _ = await asyncio.wait({joining}, timeout=0.5)
        assert not done, "no frame tells that nothing can be started"
        await asyncio.to_thread(items.faults.start_postgres)
        assert (await joining)["message"] == "Subscribed to PostgreSQL"


def test_rest_answers_as_without_its_database(items: LocalBackend, rest: Rest) -> None:
    assert rest("items").status_code == 200
    items.faults.stop_postgres()
    items.faults.stop_postgres()
    codes = set()
    for _ in range(12):
        refused = rest("items")
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] in ("1", "2", "4")
        codes.add((refused.json()["code"], refused.json()["message"]))
    assert codes >= {("PGRST000", "Database connection error.")}
    assert codes <= {
        ("PGRST000", "Database connection error."),
        ("PGRST001", "Database client error. Retrying the connection."),
    }
    assert rest("", apikey=items.service_key).status_code == 503
    items.faults.start_postgres()
    items.faults.start_postgres()
    assert rest("items").status_code == 200


@pytest.mark.parametrize("crash", [True, False])
def test_clear_brings_the_database_back(items: LocalBackend, rest: Rest, *, crash: bool) -> None:
    items.faults.stop_postgres(crash=crash)
    assert rest("items").status_code == 503
    items.faults.clear()
    assert rest("items").status_code == 200
