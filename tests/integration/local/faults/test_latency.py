"""A server far away: answers and frames arrive later, side by side and in their order."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING

import httpx

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, Rest


def test_every_rest_answer_is_later_and_clear_ends_it(items: LocalBackend, rest: Rest) -> None:
    items.faults.latency(0.3)
    for path, headers, status in (
        ("items", {}, 200),
        ("nothing", {}, 404),
        ("items", {"apikey": "x"}, 401),
    ):
        began = monotonic()
        assert rest(path, **headers).status_code == status
        assert monotonic() - began >= 0.3
    items.faults.latency(600)
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(rest, "items")
        while not items.faults.lag.waiting:
            assert not waiting.done()
        items.faults.clear()
        assert waiting.result(PATIENCE_S).status_code == 200
    assert rest("items").status_code == 200


async def test_answers_travel_side_by_side(items: LocalBackend) -> None:
    items.faults.latency(1.0)
    headers = {"apikey": items.anon_key}
    async with httpx.AsyncClient(base_url=items.url, headers=headers) as client:
        began = monotonic()
        await asyncio.gather(*(client.get("/rest/v1/items") for _ in range(20)))
        assert 1.0 <= monotonic() - began < 20 * 1.0


async def test_frames_are_later_and_keep_their_order(items: LocalBackend, connect: Connect) -> None:
    async with connect() as client:
        await client.join()
        items.faults.latency(0.3)
        began = monotonic()
        refs = [await client.push("phoenix", "heartbeat", {}) for _ in range(60)]
        frames = [await client.read() for _ in refs]
        assert [frame["ref"] for frame in frames] == refs
        assert 0.3 <= monotonic() - began < 60 * 0.3


async def test_a_handshake_is_later_too(items: LocalBackend, connect: Connect) -> None:
    items.faults.latency(0.3)
    began = monotonic()
    async with connect() as client:
        assert monotonic() - began >= 0.3
        items.faults.clear()
        assert json.dumps(await client.join())
