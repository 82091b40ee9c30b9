"""Whoever sleeps is woken by the clock, or sooner by whoever has something to do."""

from __future__ import annotations

import asyncio

from rtwidget.view.frames.wake import Wake
from tests.patience import PATIENCE_S


async def asleep(wake: Wake, moment: float) -> asyncio.Task[None]:
    """Return a task that sleeps already."""
    task = asyncio.create_task(wake.sleep_until(moment))
    await asyncio.sleep(0)
    return task


async def test_the_clock_wakes_at_the_moment_and_a_moment_that_is_past_at_once() -> None:
    loop, wake = asyncio.get_running_loop(), Wake()
    moment = loop.time() + 0.02
    await asyncio.wait_for(wake.sleep_until(moment), PATIENCE_S)
    assert loop.time() >= moment
    await asyncio.wait_for(wake.sleep_until(moment), PATIENCE_S)


async def test_who_has_something_to_do_wakes_the_sleeper_before_its_time() -> None:
    wake = Wake()
    sleeper = await asleep(wake, asyncio.get_running_loop().time() + 1e6)
    assert not sleeper.done()
    wake.now()
    await asyncio.wait_for(sleeper, PATIENCE_S)


async def test_a_wake_that_came_while_nobody_slept_is_over() -> None:
    wake = Wake()
    wake.now()
    sleeper = await asleep(wake, asyncio.get_running_loop().time() + 1e6)
    await asyncio.sleep(0)
    assert not sleeper.done()
    sleeper.cancel()
    await asyncio.wait({sleeper})
    assert sleeper.cancelled()


async def test_what_is_due_later_is_done_and_then_something_else_may_be() -> None:
    wake = Wake()
    for _ in range(2):
        done = asyncio.Event()
        wake.later(0.0, done.set)
        await asyncio.wait_for(done.wait(), PATIENCE_S)


async def test_while_something_is_due_nothing_is_added_however_soon() -> None:
    wake, done, passed = Wake(), list[str](), asyncio.Event()
    wake.later(1e6, lambda: done.append("late"))
    wake.later(0.0, lambda: done.append("soon"))
    asyncio.get_running_loop().call_later(0.0, passed.set)
    await asyncio.wait_for(passed.wait(), PATIENCE_S)
    assert done == []
