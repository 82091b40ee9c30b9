"""When to probe, and what a probe proves."""

from __future__ import annotations

import pytest

from rtwidget.replica.probing import ProbePlan


def test_probes_come_every_15_s_and_after_a_slow_one_20_times_its_time() -> None:
    plan = ProbePlan(15.0)
    assert not plan.ended(15.0, 15.1, differs=False)
    assert plan.next_at == pytest.approx(30.1)
    assert not plan.ended(30.0, 31.0, differs=False)
    assert plan.next_at == pytest.approx(51.0)


def test_a_difference_must_last_three_seconds_to_prove_a_loss() -> None:
    plan = ProbePlan(0.0)
    assert not plan.ended(0.0, 0.1, differs=True)
    assert plan.next_at == pytest.approx(3.1)
    assert plan.ended(3.1, 3.2, differs=True)
    assert not plan.ended(20.0, 20.1, differs=True)


def test_a_difference_that_was_explained_meanwhile_proves_nothing() -> None:
    plan = ProbePlan(0.0)
    assert not plan.ended(0.0, 0.1, differs=True)
    assert not plan.ended(3.1, 3.2, differs=False)
    assert not plan.ended(18.2, 18.3, differs=True)
