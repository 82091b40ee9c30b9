"""When to probe, and what a probe proves."""

from __future__ import annotations

import pytest

from rtwidget.replica.delta import Delta
from rtwidget.replica.schedule.probe_plan import ProbePlan, ProbeWindow

ONE, TWO = (1,), (2,)


def test_probes_come_every_15_s_and_after_a_slow_one_20_times_its_time() -> None:
    plan = ProbePlan(15.0)
    plan.ended(15.0, 15.1)
    assert plan.next_at == pytest.approx(30.1)
    plan.ended(30.0, 31.0)
    assert plan.next_at == pytest.approx(51.0)


def test_a_count_that_the_rows_had_at_some_moment_is_no_difference() -> None:
    window = ProbeWindow(10, 10)
    window.note(12, Delta(inserted={ONE, TWO}))
    window.note(9, Delta(removed={ONE}))
    assert [rows for rows in range(7, 15) if window.explains_count(rows)] == [9, 10, 11, 12]
    assert window.explains_count(None)


def test_a_busy_table_does_not_hide_a_difference() -> None:
    """Rows that a policy hides stay one too many, however many are inserted meanwhile."""
    window = ProbeWindow(11, 11)
    window.note(12, Delta(inserted={ONE}))
    window.note(13, Delta(inserted={TWO}))
    assert not window.explains_count(10)


def test_a_version_is_explained_by_the_row_or_by_a_change_of_it() -> None:
    window = ProbeWindow(2, 2)
    assert window.explains_version(ONE, "v1", "v1")
    assert not window.explains_version(ONE, "v1", "v2")
    assert not window.explains_version(ONE, None, "v2")
    window.note(2, Delta(updated={ONE: frozenset()}))
    assert window.explains_version(ONE, "v3", "v2")
    window.note(1, Delta(removed={TWO}))
    assert window.explains_version(TWO, None, "v2")


def test_differences_that_passes_cannot_explain_cost_fewer_and_fewer_of_them() -> None:
    plan, gaps = ProbePlan(0.0), []
    for _ in range(8):
        now = plan.next_at
        plan.ended(now, now)
        plan.differed(now, repaired=False)
        gaps.append(plan.next_at - now)
    assert gaps == [30.0, 60.0, 120.0, 240.0, 480.0, 600.0, 600.0, 600.0]


def test_a_difference_that_a_pass_explained_costs_no_wait() -> None:
    plan = ProbePlan(0.0)
    plan.differed(0.0, repaired=False)
    plan.ended(30.0, 30.0)
    plan.differed(30.0, repaired=True)
    assert plan.next_at == pytest.approx(45.0)
    plan.differed(45.0, repaired=False)
    plan.ended(75.0, 75.0)
    plan.agreed()
    plan.differed(75.0, repaired=False)
    assert plan.next_at == pytest.approx(105.0)
