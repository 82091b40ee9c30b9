"""Waits that may be cut short, the budget of reads, and the loop thread."""

from __future__ import annotations

import asyncio
import threading

import pytest

from rtwidget.feed.reads.rate_limiter import RateLimiter
from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.runtime.retry import Retry
from rtwidget.replica.budgets import PROJECT_READS_BURST, PROJECT_READS_IN_FLIGHT
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


async def test_only_so_many_reads_are_in_flight() -> None:
    rate_limiter, most, running = RateLimiter(), 0, 0

    async def read() -> None:
        nonlocal most, running
        async with rate_limiter.slot(paced=False):
            running += 1
            most = max(most, running)
            for _ in range(3):
                await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(read() for _ in range(20)))
    assert most == PROJECT_READS_IN_FLIGHT
    assert running == 0


async def test_paced_reads_wait_once_the_burst_is_spent() -> None:
    rate_limiter = RateLimiter()
    loop = asyncio.get_running_loop()
    for _ in range(int(PROJECT_READS_BURST)):
        async with rate_limiter.slot(paced=True):
            pass
    began = loop.time()
    async with rate_limiter.slot(paced=False):
        assert loop.time() - began < 0.05
    async with rate_limiter.slot(paced=True):
        assert loop.time() - began >= 0.05


def test_a_read_that_fails_gives_its_place_back() -> None:
    async def run() -> None:
        rate_limiter = RateLimiter()
        for _ in range(PROJECT_READS_IN_FLIGHT + 1):
            with pytest.raises(ZeroDivisionError):
                async with rate_limiter.slot(paced=False):
                    raise ZeroDivisionError
        async with asyncio.timeout(PATIENCE_S), rate_limiter.slot(paced=False):
            pass

    asyncio.run(run())


def test_the_loop_runs_on_while_one_lease_is_left_and_starts_again_later() -> None:
    loop = LoopThread("leases")
    for _ in range(2):
        loop.acquire()
        loop.acquire()
        loop.release()
        thread = loop._thread
        assert thread is not None
        assert loop.submit(asyncio.sleep(0, "done")).result(PATIENCE_S) == "done"
        loop.release()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def test_what_was_under_way_is_cancelled_when_the_loop_ends() -> None:
    loop = LoopThread("ending")
    loop.acquire()
    ended = threading.Event()

    async def endless() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    started = threading.Event()
    loop.submit(endless())
    loop.call(started.set)
    assert started.wait(5)
    loop.release()
    assert ended.wait(5)


def test_the_loop_knows_its_own_thread() -> None:
    loop = LoopThread("who")
    loop.acquire()

    async def ask() -> bool:
        return loop.is_current()

    assert loop.submit(ask()).result(PATIENCE_S)
    assert not loop.is_current()
    loop.release()


def test_what_a_cancelled_task_starts_to_clean_up_is_ended_too() -> None:
    loop = LoopThread("cleaning up")
    loop.acquire()
    ended = threading.Event()

    async def cleaning_up() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    async def endless() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            kept.append(asyncio.create_task(cleaning_up()))
            # So late that the new task has begun only when all others have ended.
            await asyncio.sleep(0)

    kept: list[asyncio.Task[None]] = []
    started = threading.Event()
    loop.submit(endless())
    loop.call(started.set)
    assert started.wait(5)
    loop.release()
    assert ended.wait(5)
