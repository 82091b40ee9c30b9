"""One run: a seed makes a plan, the plan is played on a virtual clock, and everything is checked."""

from __future__ import annotations

import asyncio
import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from random import Random
from time import monotonic
from types import SimpleNamespace
from typing import Any
from unittest import mock

from rtwidget.feed import registry as registry_module
from rtwidget.feed.feed import Feed
from rtwidget.feed.gate import ProjectGate
from rtwidget.feed.stream import SharedStream
from rtwidget.sources.base import Source
from tests.sim.clock import StuckError, VirtualLoop
from tests.sim.oracle import ObservedReplica, Oracle, ViolationError
from tests.sim.plan import Plan, plan_of
from tests.sim.source import SimSource
from tests.sim.story import play
from tests.sim.world import World


@dataclass
class Outcome:
    """What came of a run.

    Args:
        seed: Its seed.
        failure: What was wrong, or None.
        trace: What happened, with the time of each.
    """

    seed: int
    failure: str | None = None
    trace: list[tuple[Any, ...]] = field(default_factory=list)


def run_seed(
    seed: int,
    replica: type[ObservedReplica] = ObservedReplica,
    adjust: Callable[[Plan], Plan] = lambda plan: plan,
) -> Outcome:
    """Play one seed.

    Args:
        seed: The seed.
        replica: The rule, or a mutant of it.
        adjust: Changes the plan, for tests of one thing.
    """
    outcome = Outcome(seed)
    dice = Random(seed)
    plan = adjust(plan_of(dice))
    # Streams and budgets are shared by weak references: when they go must not depend on the collector.
    gc.disable()
    loop = VirtualLoop()
    try:
        world = World(plan, dice, loop, outcome.trace)
        with on_virtual_time(world, replica):
            loop.run_until_complete(play(world))
    except Exception as error:  # noqa: BLE001  (whatever ends a run is its failure)
        outcome.failure = f"{type(error).__name__}: {error}"
        outcome.trace.append((round(loop.time(), 3), "FAILED", outcome.failure))
    finally:
        end_loop(loop)
        gc.enable()
    return outcome


@contextmanager
def on_virtual_time(world: World, replica: type[ObservedReplica]) -> Iterator[None]:
    """Give the registry the run's clock and random numbers, and an oracle to each of its feeds."""
    loop, chance = world.loop, world.random.random

    def make(source: Source, gate: ProjectGate, stream: SharedStream, **options: Any) -> Feed:
        given = {"chains_from_rows": world.plan.chains_from_rows, **options}
        feed = Feed(source, gate, stream, **{"wall": loop.wall, "chance": chance, **given})
        assert isinstance(source, SimSource)
        oracle = Oracle(feed, source, world.table, replica, world.blame)
        oracle.replica.passed = partial(world.meter.completed, source)
        world.oracles.append(oracle)
        return feed

    dice, clock = SimpleNamespace(random=chance), SimpleNamespace(time=loop.wall)
    virtual = {id(random): dice, id(time): clock, id(monotonic): loop.time}
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(registry_module, "Feed", make))
        for name, module in sorted(sys.modules.items()):
            if name.startswith("rtwidget.feed."):
                for known, value in list(vars(module).items()):
                    if id(value) in virtual:
                        stack.enter_context(mock.patch.object(module, known, virtual[id(value)]))
        yield


def end_loop(loop: VirtualLoop) -> None:
    """End whatever still runs, and close the loop."""
    pending = asyncio.all_tasks(loop)
    for task in pending:
        task.cancel()
    # After a failure anything may be left half done; only the first error is worth telling.
    with suppress(ViolationError, RuntimeError, StuckError):
        loop.run_until_complete(_ends(pending))
        loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


async def _ends(tasks: set[asyncio.Task[Any]]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)
