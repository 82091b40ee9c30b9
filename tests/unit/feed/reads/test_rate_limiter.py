"""How many reads a project allows: so many at once, and so many a second."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.feed.reads.rate_limiter import RateLimiter
from rtwidget.replica.budgets import (
    PROJECT_READS_BURST,
    PROJECT_READS_IN_FLIGHT,
    PROJECT_READS_PER_S,
)
from tests.patience import PATIENCE_S
from tests.unit.feed.virtual import played


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


def test_paced_reads_wait_once_the_burst_is_spent() -> None:
    async def run() -> tuple[float, float, float]:
        rate_limiter, clock = RateLimiter(), asyncio.get_running_loop().time
        began = clock()
        for _ in range(int(PROJECT_READS_BURST)):
            async with rate_limiter.slot(paced=True):
                pass
        burst_s = clock() - began
        async with rate_limiter.slot(paced=False):
            unpaced_s = clock() - began
        async with rate_limiter.slot(paced=True):
            return burst_s, unpaced_s, clock() - began

    burst_s, unpaced_s, paced_s = played(run)
    assert burst_s == unpaced_s == 0
    assert paced_s == pytest.approx(1 / PROJECT_READS_PER_S)


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
