"""A stage for one scene: the same world without chance events, where a test says what happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from random import Random

from rtwidget.replica import budgets as b
from rtwidget.replica.keys import Key
from tests.sim.checks.oracle import ObservedReplica, Oracle
from tests.sim.runs.clock import VirtualLoop
from tests.sim.runs.plan import Plan, Want
from tests.sim.runs.run import end_loop
from tests.sim.runs.world import World
from tests.sim.servers.table import Record

CALM = Plan(
    busy_s=0.0,
    quiet=True,
    writes_per_s=1.0,
    faults_per_s=0.0,
    latency_s=(0.01, 0.02),
    wants=(Want("ann", "open"),),
    composite=False,
    rows=0,
    restless=False,
    versions=False,
    row_bytes=40,
    page_rows=1000,
    chains_from_rows=b.CHAINS_FROM_ROWS,
)


class Stage(World):
    """Moves for scenes."""

    def put(self, *numbers: int, owner: str = "ann", status: str = "open", score: int = 0) -> None:
        """Insert or update rows in one transaction."""
        record: Record = {"owner": owner, "status": status, "score": score, "shared": False}
        self.table.commit({(number,): record for number in numbers}, {})

    def delete(self, *numbers: int) -> None:
        """Delete rows in one transaction."""
        self.table.commit({(number,): None for number in numbers}, {})

    async def wait(self, length_s: float) -> None:
        """Let time pass, looking all the while."""
        await self.pass_time(length_s)

    def oracle(self, place: int = 0) -> Oracle:
        """Return what knows the feed of a user."""
        oracle = self.oracle_of(self.users[place])
        assert oracle is not None
        return oracle

    def replica(self, place: int = 0) -> ObservedReplica:
        """Return the rule behind a user's table."""
        return self.oracle(place).replica

    def shown(self, place: int = 0) -> set[Key]:
        """Return the keys that a user sees."""
        return set(self.users[place].attachment.snapshot().keys)

    def state(self, place: int = 0) -> str:
        """Return the state that a user sees."""
        return self.users[place].attachment.status.state.value


def play_scene(
    scene: Callable[[Stage], Awaitable[None]],
    *wants: Want,
    plan: Plan = CALM,
    replica: type[ObservedReplica] = ObservedReplica,
) -> None:
    """Play a scene in a world of its own; the tables are open when it begins.

    Raises:
        ViolationError: When the oracle saw something wrong.
    """
    loop = VirtualLoop()
    stage = Stage(replace(plan, wants=wants or plan.wants), Random(1), loop, [], replica)

    async def play() -> None:
        stage.enter()
        await scene(stage)
        stage.look()

    try:
        loop.run_until_complete(play())
    finally:
        end_loop(loop)
