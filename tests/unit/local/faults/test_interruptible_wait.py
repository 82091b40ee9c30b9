"""Waits that another thread sets and ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable
from math import inf

from rtwidget.local.faults.interruptible_wait import InterruptibleWait
from tests.patience import PATIENCE_S


async def started(wait: InterruptibleWait, work: Awaitable[None]) -> asyncio.Future[None]:
    before = wait.waiting
    task = asyncio.ensure_future(work)
    async with asyncio.timeout(PATIENCE_S):
        while wait.waiting == before:  # noqa: ASYNC110  (a wait announces nobody)
            await asyncio.sleep(0)
    return task


async def ended(task: asyncio.Future[None]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await task


async def test_nobody_waits_unless_blocked() -> None:
    wait = InterruptibleWait()
    await wait.until_unblocked()
    await wait.sleep(0)
    assert wait.waiting == 0


async def test_another_thread_unblocks_for_good() -> None:
    wait = InterruptibleWait()
    wait.block()
    task = await started(wait, wait.until_unblocked())
    thread = threading.Thread(target=wait.unblock)
    thread.start()
    await ended(task)
    thread.join()
    await wait.until_unblocked()
    assert wait.waiting == 0


async def test_waking_sends_on_who_waits_and_blocks_who_comes_later() -> None:
    wait = InterruptibleWait()
    wait.block()
    first = await started(wait, wait.until_unblocked())
    asleep = await started(wait, wait.sleep(inf))
    wait.wake()
    await ended(first)
    await ended(asleep)
    second = await started(wait, wait.until_unblocked())
    assert not second.done()
    wait.unblock()
    await ended(second)


async def test_a_block_ends_by_itself() -> None:
    wait = InterruptibleWait()
    wait.block(0.01)
    async with asyncio.timeout(PATIENCE_S):
        await wait.until_unblocked()
        await wait.sleep(0.01)
    assert wait.waiting == 0


def test_the_waiters_of_a_loop_that_has_ended_are_no_hindrance() -> None:
    wait = InterruptibleWait()
    wait.block()
    loop = asyncio.new_event_loop()
    task = loop.create_task(wait.until_unblocked())
    loop.run_until_complete(asyncio.sleep(0))
    assert wait.waiting == 1
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()
    assert wait.waiting == 0
    wait.unblock()
