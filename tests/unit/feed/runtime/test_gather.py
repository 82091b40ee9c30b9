"""Coroutines that run at once and fail as one."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.feed.runtime.gather import gather


async def value(number: int) -> int:
    await asyncio.sleep(0)
    return number


async def failure() -> None:
    await asyncio.sleep(0)
    raise ValueError("no")


async def test_results_come_in_the_order_of_the_work() -> None:
    assert await gather(value(1), value(2)) == [1, 2]


async def test_the_first_failure_is_raised_itself_and_ends_the_others() -> None:
    ended = asyncio.Event()

    async def for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    with pytest.raises(ValueError, match="no"):
        await gather(for_ever(), failure())
    assert ended.is_set()
    task = asyncio.current_task()
    assert task is not None
    # Else whoever asks whether the task is being cancelled, as the PostgreSQL source does, would end it.
    assert task.cancelling() == 0


async def test_who_waits_may_be_cancelled_and_so_is_the_work() -> None:
    ended = asyncio.Event()

    async def for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(gather(for_ever(), for_ever()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()
