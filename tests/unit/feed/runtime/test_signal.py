"""A level that any thread and any event loop can wait for, and nobody can miss."""

from __future__ import annotations

import asyncio
import threading

from rtwidget.feed.runtime.signal import Signal
from tests.patience import PATIENCE_S


def test_what_rose_before_the_wait_is_not_missed() -> None:
    signal = Signal()
    seen = signal.level
    signal.rise()
    assert signal.wait(seen, 0)
    assert not signal.wait(signal.level, 0.01)


def test_a_rise_wakes_every_thread_that_waits() -> None:
    signal = Signal()
    woken: list[bool] = []
    threads = [threading.Thread(target=lambda: woken.append(signal.wait(0, 5))) for _ in range(5)]
    for thread in threads:
        thread.start()
    signal.rise()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert woken == [True] * 5


async def test_a_rise_in_another_thread_wakes_the_loop() -> None:
    signal = Signal()
    threading.Timer(0.01, signal.rise).start()
    async with asyncio.timeout(PATIENCE_S):
        await signal.wait_async(0)
    assert signal.level == 1
    async with asyncio.timeout(PATIENCE_S):
        await signal.wait_async(0)


async def test_a_wait_that_is_given_up_leaves_nothing_behind() -> None:
    signal = Signal()
    waiting = asyncio.ensure_future(signal.wait_async(0))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert signal._waiting == []


def test_a_loop_that_closed_meanwhile_disturbs_nobody() -> None:
    signal = Signal()
    gone = asyncio.new_event_loop()
    signal._waiting.append((gone, asyncio.Event()))
    gone.close()
    signal.rise()
    assert signal.level == 1
