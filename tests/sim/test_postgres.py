"""The real feed against a simulated PostgreSQL: exact notifications, "everything", keys of rows that nobody may see."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from secrets import randbelow

import pytest

from tests.sim.checks.mutants import NoDirty, NoLaterDirty, NoRemoval
from tests.sim.checks.oracle import ObservedReplica
from tests.sim.runs.many_seeds import failures, replay
from tests.sim.runs.plan import Plan, Want, on_postgres
from tests.sim.runs.run import run_seed
from tests.sim.runs.stage import CALM, Stage, play_scene

_SEEDS = int(os.environ.get("RTWIDGET_SIM_SEEDS", "500")) // 5
"""Less can go wrong than over Realtime."""
_FIRST = randbelow(2**31)
_MOST_SEEDS = 100


@pytest.mark.timeout(600)
def test_fresh_seeds(record_property: Callable[[str, object], None]) -> None:
    record_property("seeds simulated", _SEEDS)
    seeds = range(_FIRST, _FIRST + _SEEDS)
    found = [
        f"{replay(s, postgres=True)}  # {why}"
        for s, why in failures(seeds, 2, postgres=True)
        if why
    ]
    assert not found, "\n".join(found)


def _hard(plan: Plan) -> Plan:
    return replace(
        on_postgres(plan),
        busy_s=min(plan.busy_s, 100.0),
        quiet=False,
        writes_per_s=3.0,
        faults_per_s=0.15,
        latency_s=(0.05, 0.4),
        restless=False,
        versions=False,
    )


@pytest.mark.parametrize("mutant", [NoDirty, NoLaterDirty, NoRemoval])
def test_a_mutant_of_the_rule_is_noticed_here_too(mutant: type[ObservedReplica]) -> None:
    for seed in range(_MOST_SEEDS):
        if run_seed(seed, mutant, _hard).failure and not run_seed(seed, adjust=_hard).failure:
            return
    pytest.fail(f"{_MOST_SEEDS} seeds did not notice the loss of: {mutant.__doc__}")


def test_a_truncate_is_announced_and_gone_within_seconds() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2, 3)
        await stage.wait(70.0)
        stage.table.truncate()
        await stage.wait(3.0)
        assert stage.shown() == set()

    play_scene(scene, plan=replace(CALM, quiet=False, postgres=True))


def test_a_row_that_a_policy_hides_goes_by_its_own_announcement() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2)
        await stage.wait(70.0)
        stage.put(2, owner="bob")
        await stage.wait(2.0)
        assert (stage.shown(0), stage.shown(1)) == ({(1,)}, {(2,)})
        stage.demand_equal()

    play_scene(scene, Want("ann"), Want("bob"), plan=replace(CALM, postgres=True))
