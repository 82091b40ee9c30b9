"""Waits that may be cut short."""

from __future__ import annotations

import asyncio

from rtwidget.feed.runtime.retry import Retry
from tests.patience import PATIENCE_S


async def test_a_wait_ends_by_itself_or_at_once_when_asked() -> None:
    retry = Retry()
    await retry.wait(0.001)
    long = [asyncio.ensure_future(retry.wait(600)) for _ in range(2)]
    await asyncio.sleep(0)
    retry.now()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*long)
    assert not retry._waiting


async def test_waits_that_are_cut_short_end_in_the_order_in_which_they_began() -> None:
    retry, ended = Retry(), list[int]()

    async def wait(number: int) -> None:
        await retry.wait(600)
        ended.append(number)

    waits = [asyncio.ensure_future(wait(number)) for number in range(20)]
    await asyncio.sleep(0)
    retry.now()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*waits)
    assert ended == list(range(20))


async def test_asking_before_a_wait_does_not_shorten_it() -> None:
    retry = Retry()
    retry.now()
    waiting = asyncio.ensure_future(retry.wait(600))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
