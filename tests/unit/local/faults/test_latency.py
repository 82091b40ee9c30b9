"""Answers that arrive later, and all at once when the way is short again."""

from __future__ import annotations

import asyncio

from rtwidget.local.faults.latency import Latency
from tests.patience import PATIENCE_S


async def test_what_was_said_keeps_its_arrival_and_clearing_sends_it_on() -> None:
    latency = Latency()
    now = asyncio.get_running_loop().time()
    latency.set(1e6)
    late = latency.arrival()
    assert late - now >= 1e6
    waiting = asyncio.ensure_future(latency.until(late))
    await asyncio.sleep(0)
    assert latency.waiting == 1
    latency.clear()
    async with asyncio.timeout(PATIENCE_S):
        await waiting
        await latency.until(latency.arrival())
    assert latency.waiting == 0
