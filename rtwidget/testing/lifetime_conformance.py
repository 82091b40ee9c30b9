"""Lifetimes: several calls at once, calls that are cancelled, and an end that leaves nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from rtwidget.abc import Source
from rtwidget.testing.demands import demand, in_time, walked
from rtwidget.testing.harness import SourceHarness
from rtwidget.testing.page_conformance import NUMBERS
from rtwidget.testing.stream_listening import Listening, cancelled

Call = Callable[[Source, SourceHarness], Awaitable[object]]
# Without `read_versions` and `read_top`, which only queries with a version column or a limit are asked.
_CALLS: dict[str, Call] = {
    "describe": lambda source, _: source.describe(),
    "last_key": lambda source, _: source.last_key(),
    "key_bounds": lambda source, _: source.key_bounds(3),
    "read_page": lambda source, _: source.read_page(None, None, 100),
    "read_keys": lambda source, harness: source.read_keys(harness.keys(*NUMBERS)),
    "ping": lambda source, _: source.ping(),
    "probe": lambda source, _: source.probe(),
}


class LifetimeConformance:
    """The part of the kit about calls at once, cancellation and the end."""

    def test_calls_run_at_once(self, harness: SourceHarness) -> None:
        """A pass in several chains, reads of keys and probes run at the same time, and each is answered as if alone."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                keys, *_ = await asyncio.gather(
                    # Pages of different sizes, so that an answer which reaches the wrong call is noticed.
                    walked(lambda last: source.read_page(last, None, 2), source),
                    walked(lambda last: source.read_page(last, None, 3), source),
                    *(call(source, harness) for call in _CALLS.values()),
                )
                demand(
                    keys == harness.keys(*NUMBERS), "Calls at once do not disturb each other.", keys
                )

        harness.run(test())

    @pytest.mark.parametrize("name", _CALLS)
    def test_a_source_is_usable_after_a_call_was_cancelled(
        self, harness: SourceHarness, name: str
    ) -> None:
        """Whenever a call is cancelled, it ends, and the next ones are answered."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                # Before the call begins, in its first steps, and somewhere on its way.
                for turns in (0, 1, 2, 3, 5, 8, 20):
                    await _cancel_after(
                        turns, _made(_CALLS[name], source, harness), harness.patience_s
                    )
                    await _demand_all(harness, source)

        harness.run(test())

    def test_nothing_is_left_when_it_is_closed_amid_calls(self, harness: SourceHarness) -> None:
        """Calls are cancelled, as whoever closes does first; then it is closed, and no task stays behind."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                await _demand_all(harness, source)
            # After a whole life of another source: a task that all sources share for good is not left over.
            before = asyncio.all_tasks()
            async with harness.opened() as source:
                heard = Listening(harness.patience_s)
                running = [asyncio.ensure_future(heard.run(source))]
                running += [
                    asyncio.ensure_future(_made(call, source, harness)) for call in _CALLS.values()
                ]
                # The calls are made twice: while the stream is being opened, and while it is live.
                await heard.begun()
                running += [
                    asyncio.ensure_future(_made(call, source, harness)) for call in _CALLS.values()
                ]
                # One turn of the loop, so that the calls have begun when they are cancelled.
                await asyncio.sleep(0)
                for task in running:
                    await cancelled(task)
            left = asyncio.all_tasks() - before
            # What is about to end may need a few turns; only what stays is a fault.
            if left:
                await asyncio.wait(left, timeout=harness.patience_s)
            left = {task for task in left if not task.done()}
            demand(not left, "No task is left when a source is closed.", left)

        harness.run(test())

    def test_one_source_is_closed_and_another_goes_on(self, harness: SourceHarness) -> None:
        """Sources of one factory may share connections; closing one, used or not, takes none from another."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as staying:
                async with harness.opened():
                    pass
                async with harness.opened() as going:
                    await _demand_all(harness, going)
                await _demand_all(harness, staying)

        harness.run(test())


async def _made(call: Call, source: Source, harness: SourceHarness) -> None:
    # A task that is cancelled before it begins would leave a coroutine that nobody awaited.
    await call(source, harness)


async def _cancel_after(turns: int, made: Coroutine[Any, Any, None], patience_s: float) -> None:
    task = asyncio.create_task(made)
    for _ in range(turns):
        await asyncio.sleep(0)
    async with in_time(patience_s, "A call that is cancelled ends."):
        await cancelled(task)


async def _demand_all(harness: SourceHarness, source: Source) -> None:
    async with in_time(harness.patience_s, "The next calls are answered."):
        found = await walked(lambda last: source.read_page(last, None, 100), source)
    demand(found == harness.keys(*NUMBERS), "The next calls are answered.", found)
