"""Changes that get lost, doubled or out of order on their way, and `clear` that ends it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient

FIRST_NEW = 100


def insert(backend: LocalBackend, keys: Sequence[int]) -> None:
    """Insert rows in one transaction, so that one poll reads them."""
    backend.sql(f"insert into items(id) values {', '.join(f'({key})' for key in keys)}")
    backend.catch_up()


async def first_heard(backend: LocalBackend, client: PhoenixClient) -> int:
    """Insert one row after another until one is heard of; return its key."""
    waiting = asyncio.ensure_future(client.change())
    keys = itertools.count(FIRST_NEW)
    async with asyncio.timeout(PATIENCE_S):
        while not waiting.done():
            await asyncio.to_thread(insert, backend, [next(keys)])
    record: dict[str, int] = (await waiting)["record"]
    return record["id"]


async def heard(client: PhoenixClient, count: int) -> list[int]:
    keys = [(await client.change())["record"]["id"] for _ in range(count)]
    await client.heartbeat()
    return keys


async def test_dropped_events_are_dropped_for_everybody(
    items: LocalBackend, connect: Connect
) -> None:
    items.sql(
        "create table others(id int primary key);"
        "alter publication supabase_realtime add table others"
    )
    async with connect() as one, connect() as other:
        await one.join()
        await other.join()
        items.faults.drop_events(2)
        items.sql("insert into others values (1)")
        await asyncio.to_thread(insert, items, [1, 2, 3])
        assert await heard(one, 1) == [3]
        assert await heard(other, 1) == [3]
        items.faults.drop_events(5)
        items.faults.clear()
        await asyncio.to_thread(insert, items, [4])
        assert await heard(one, 1) == [4]


async def test_silence_loses_changes_but_answers_heartbeats(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        items.faults.silence(600)
        await asyncio.to_thread(insert, items, [1, 2])
        await client.heartbeat()
        items.faults.clear()
        await asyncio.to_thread(insert, items, [3])
        assert await heard(client, 1) == [3]


async def test_silence_ends_by_itself(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.silence(0.2)
        await asyncio.to_thread(insert, items, [1])
        await client.heartbeat()
        assert await first_heard(items, client) >= FIRST_NEW


async def test_duplicated_events_come_twice(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.duplicate_events()
        await asyncio.to_thread(insert, items, [1, 2])
        assert await heard(client, 4) == [1, 1, 2, 2]
        items.faults.clear()
        await asyncio.to_thread(insert, items, [3])
        assert await heard(client, 1) == [3]


async def test_reordered_events_come_backwards(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.reorder_events()
        await asyncio.to_thread(insert, items, [1, 2, 3])
        assert await heard(client, 3) == [3, 2, 1]
        items.faults.clear()
        await asyncio.to_thread(insert, items, [4, 5])
        assert await heard(client, 2) == [4, 5]


@pytest.mark.parametrize("crash", [True, False])
async def test_a_restart_loses_what_was_not_told_yet(
    items: LocalBackend, connect: Connect, *, crash: bool
) -> None:
    async with connect() as client:
        await client.join()
        items.settings.poll_interval_s = 1.0
        await asyncio.to_thread(items.catch_up)
        items.sql("insert into items(id) values (1)")
        await asyncio.to_thread(items.faults.restart_postgres, crash=crash)
        items.settings.poll_interval_s = 0.02
        assert items.sql("select id from items") == [(1,)]
        assert await first_heard(items, client) >= FIRST_NEW
        assert items.subscriptions == 1
