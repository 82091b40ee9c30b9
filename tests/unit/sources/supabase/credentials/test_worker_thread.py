"""Blocking calls: on a daemon thread of their own, whatever they return, raise or never do."""

from __future__ import annotations

import asyncio
import threading

import pytest

from rtwidget.sources.supabase.credentials.worker_thread import in_worker


async def test_a_call_runs_on_a_daemon_thread_of_its_own() -> None:
    thread = await in_worker(threading.current_thread)
    assert thread is not threading.current_thread()
    assert (thread.name, thread.daemon) == ("rtwidget-worker", True)
    assert await in_worker(threading.current_thread) is not thread


@pytest.mark.parametrize("error", [KeyError("k"), SystemExit(3), TimeoutError("its own")])
async def test_what_it_raises_is_raised_to_who_waits(error: BaseException) -> None:
    def fails() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        await in_worker(fails)
    assert caught.value is error


async def test_what_no_future_can_carry_is_raised_as_another_error() -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await in_worker(lambda: next(iter(())))


async def test_a_call_that_ends_too_late_is_heard_by_nobody() -> None:
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    release, threads = threading.Event(), list[threading.Thread]()

    def hangs() -> None:
        threads.append(threading.current_thread())
        release.wait(60)

    with pytest.raises(TimeoutError):
        await in_worker(hangs, limit_s=0)
    release.set()
    # Once a later call has answered, the first thread may still be ending.
    while not threads or threads[0].is_alive():
        await in_worker(lambda: None)
    await asyncio.sleep(0)
    assert told == []
