"""The passes for the silence that follows a burst of notifications."""

from __future__ import annotations

import pytest

from rtwidget.replica.schedule.pass_plan import PassPlan


def _plan(wire_bytes: int) -> PassPlan:
    plan = PassPlan(verify_every_s=10_000.0)
    plan.began(0.0)
    plan.completed(0.0, 0.1, wire_bytes)
    return plan


def _begun(plan: PassPlan, most: int) -> list[float]:
    begun: list[float] = []
    while len(begun) < most and (at := plan.scheduled_at(polling=False)) is not None:
        plan.began(at)
        plan.completed(at, at + 0.1, plan.last_bytes)
        begun.append(at)
    return begun


def test_a_burst_is_followed_by_a_pass_after_10_and_70_s() -> None:
    plan = _plan(1000)
    plan.burst(100.0)
    assert _begun(plan, 3) == pytest.approx([110.0, 170.0, 10_170.0])


def test_one_that_costs_much_comes_once_behind_the_silence() -> None:
    plan = _plan(2_000_000)
    plan.burst(100.0)
    assert _begun(plan, 2) == pytest.approx([170.0, 10_170.0])


def test_a_burst_that_lasts_has_one_early_pass_and_its_late_one_counts_from_its_end() -> None:
    plan, begun = _plan(1000), list[float]()
    for now in range(100, 300, 5):
        at = plan.scheduled_at(polling=False)
        if at is not None and at <= now:
            begun += _begun(plan, 1)
        plan.burst(float(now))
    assert begun == [110.0]
    assert _begun(plan, 1) == [365.0]


def test_another_burst_has_passes_of_its_own() -> None:
    plan = _plan(1000)
    plan.burst(100.0)
    assert _begun(plan, 2) == [110.0, 170.0]
    plan.burst(500.0)
    assert _begun(plan, 2) == [510.0, 570.0]
