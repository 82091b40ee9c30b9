"""One run: a seed makes a plan, the plan is played on a virtual clock, and everything is checked."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.sim.checks.oracle import ObservedReplica, ViolationError
from tests.sim.runs.clock import StuckError, VirtualLoop
from tests.sim.runs.plan import Plan, plan_of
from tests.sim.runs.story import play
from tests.sim.runs.world import World


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
        world = World(plan, dice, loop, outcome.trace, replica)
        loop.run_until_complete(play(world))
    except Exception as error:  # noqa: BLE001  (whatever ends a run is its failure)
        outcome.failure = f"{type(error).__name__}: {error}"
        outcome.trace.append((round(loop.time(), 3), "FAILED", outcome.failure))
    finally:
        end_loop(loop)
        gc.enable()
    return outcome


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
