"""A publication that has changed, and more events than the server tells."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.integration.local.waiting import first_heard
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient


async def is_heard(backend: LocalBackend, client: PhoenixClient, key: int) -> bool:
    backend.sql("insert into items(id) values (%s)", key)
    await asyncio.to_thread(backend.catch_up)
    ref = await client.push("phoenix", "heartbeat", {})
    return bool((await client.read())["ref"] != ref)


async def test_a_changed_publication_subscribes_every_channel_again(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as one, connect() as other:
        for client in (one, other):
            await client.join()
        items.faults.publication_changed()
        for client in (one, other):
            again = await client.read()
            assert again["payload"]["message"] == "Subscribed to PostgreSQL"
        assert items.subscriptions == 2
        items.sql("insert into items(id) values (1)")
        for client in (one, other):
            assert (await client.change())["record"]["id"] == 1


async def test_a_table_that_is_no_longer_published_is_an_error(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        items.sql("alter publication supabase_realtime drop table items")
        items.faults.publication_changed()
        payload = (await client.read())["payload"]
        assert payload["status"] == "error"
        assert payload["message"].startswith("Unable to subscribe to changes")
        assert items.subscriptions == 0


async def test_too_many_events_silence_what_follows(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.limit_events(per_second=100, window_s=1.2)
        items.sql("insert into items(id) select generate_series(1, 1000)")
        for key in range(1, 1001):
            assert (await client.change())["record"]["id"] == key
        # It passed, and after the next look at the average nothing is told until the average is low again.
        async with asyncio.timeout(PATIENCE_S):
            key = 2000
            while await is_heard(items, client, key):
                key += 1
        assert await first_heard(items, client, 3000) >= 3000
