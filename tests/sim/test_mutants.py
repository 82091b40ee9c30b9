"""No clause of the rule can go without the simulation noticing: each mutant fails on a seed that the real rule passes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sim.checks.mutants import BY_SEEDS
from tests.sim.checks.oracle import ObservedReplica
from tests.sim.runs.plan import Plan
from tests.sim.runs.run import run_seed

_MOST_SEEDS = 150


def _hard(plan: Plan) -> Plan:
    """Slow reads and many writes: most clauses are about what overtakes what."""
    return replace(
        plan,
        busy_s=min(plan.busy_s, 100.0),
        quiet=False,
        writes_per_s=3.0,
        faults_per_s=0.15,
        latency_s=(0.05, 0.4),
        restless=False,
        versions=False,
    )


@pytest.mark.parametrize("mutant", BY_SEEDS)
def test_a_mutant_of_the_rule_is_noticed(mutant: type[ObservedReplica]) -> None:
    for seed in range(_MOST_SEEDS):
        if run_seed(seed, mutant, _hard).failure and not run_seed(seed, adjust=_hard).failure:
            return
    pytest.fail(f"{_MOST_SEEDS} seeds did not notice the loss of: {mutant.__doc__}")
