"""A publication that has changed, and more events than the server tells."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

from tests.integration.local.waiting import first_heard
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient


async def heard(client: PhoenixClient) -> list[int]:
    """Return the keys of all changes that were told until now."""
    ref, keys = await client.push("phoenix", "heartbeat", {}), []
    while (frame := await client.read())["ref"] != ref:
        keys.append(frame["payload"]["data"]["record"]["id"])
    return keys


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
        async with asyncio.timeout(PATIENCE_S):
            for first in itertools.count(0, 10_000):
                items.sql("insert into items(id) select %s + generate_series(1, 1000)", first)
                await asyncio.to_thread(items.catch_up)
                assert await heard(client) == [first + key for key in range(1, 1001)]
                # It passed, and after the next look at the average nothing is told until the average is low again.
                items.sql("insert into items(id) values (%s)", first + 2000)
                await asyncio.to_thread(items.catch_up)
                if await heard(client) == []:
                    break
                # Somebody was so slow that it was low already.
                items.faults.limit_events(per_second=100, window_s=1.2)
        assert await first_heard(items, client, first + 3000) >= first + 3000
