"""The course of one run: a busy time with writes and faults, then calm, then everything must be right."""

from __future__ import annotations

import asyncio

from rtwidget.replica import budgets as b
from rtwidget.replica.states.table_state import State
from tests.sim.checks.oracle import ViolationError
from tests.sim.runs.chaos import Chaos
from tests.sim.runs.world import World

# What a read under way, the longest pause after failures and the pages of a pass may add.
_STRAGGLERS_S = b.READ_TIMEOUT_S + b.RECONNECT_CAP_S + 20.0
# When nothing was lost: polling of the log, delivery, and a few paced reads.
_ANNOUNCED_S = 6.0
_LEAVING_S = 30.0


async def play(world: World) -> None:
    """Play the run that a world's plan describes.

    Raises:
        ViolationError: When something is wrong.
    """
    world.enter()
    chaos = Chaos(
        world.backend,
        outage=world.outage,
        users=world.users,
        writer=world.writer,
        random=world.random,
        loop=world.loop,
        said=world.say,
        exact=world.plan.postgres,
    )
    actors = [world.writer.run(), chaos.run(world.plan.faults_per_s)]
    if world.plan.restless:
        actors.append(_restless(world))
    tasks = [world.loop.create_task(actor) for actor in actors]
    await world.pass_time(world.plan.busy_s)
    for task in tasks:
        task.cancel()
    chaos.clear()
    for user in world.users:
        user.settle()
    await _settle(world)
    for user in world.users:
        user.close()
    await asyncio.sleep(_LEAVING_S)
    world.look()
    if world.server.subscriptions:
        raise ViolationError("a closed table is still subscribed")


async def _restless(world: World) -> None:
    while True:
        await asyncio.sleep(world.random.choice([0.0, 0.01, 0.1, 3.0, 20.0]))
        world.random.choice(world.users).act(world.random)


async def _settle(world: World) -> None:
    if world.plan.quiet:
        await world.pass_time(_ANNOUNCED_S)
        world.demand_equal()
    plans = [oracle.feed.state.plan for oracle in world.oracles]
    longest_s = max((p.interval_s(polling=False) for p in plans), default=b.PASS_INTERVAL_S)
    await world.pass_time(longest_s + _STRAGGLERS_S)
    world.demand_equal()
    for user in world.users:
        state = user.attachment.status.state
        if state not in {State.LIVE, State.POLLING}:
            raise ViolationError(f"{user.name} is {state} although nothing is wrong any more")
