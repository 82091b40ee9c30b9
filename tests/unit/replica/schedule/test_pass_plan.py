"""When passes begin: after a connection, on a budget, on a gap, while polling, and for a top N."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.schedule.pass_plan import PassPlan

COST = st.floats(0, 3600)


def _completed(
    took_s: float, wire_bytes: int = 0, *, verify_every_s: float | None = None, top: bool = False
) -> PassPlan:
    plan = PassPlan(verify_every_s=verify_every_s, top=top)
    plan.began(100.0)
    plan.completed(100.0, 100.0 + took_s, wire_bytes)
    return plan


def test_the_first_pass_begins_at_once_and_nothing_is_scheduled_before_it() -> None:
    plan = PassPlan()
    assert plan.wanted_at(7.0) == 7.0
    assert plan.scheduled_at(polling=False) is None
    assert plan.scheduled_at(polling=True) is None


@pytest.mark.parametrize(
    ("took_s", "wire_bytes", "interval_s"),
    [(0.1, 1000, 60.0), (0.1, 1_000_000, 200.0), (10.0, 1000, 200.0), (3.0, 300_000, 60.0)],
)
def test_scheduled_passes_cost_at_most_5_kb_per_second_and_a_twentieth_of_the_time(
    took_s: float, wire_bytes: int, interval_s: float
) -> None:
    plan = _completed(took_s, wire_bytes)
    assert plan.interval_s(polling=False) == pytest.approx(interval_s)
    assert plan.scheduled_at(polling=False) == pytest.approx(100.0 + interval_s)


def test_the_users_interval_replaces_the_budgeted_one() -> None:
    assert _completed(10.0, 10**9, verify_every_s=5.0).scheduled_at(polling=False) == 105.0


@pytest.mark.parametrize(("took_s", "wait_s"), [(0.1, 5.0), (0.25, 5.0), (2.0, 40.0)])
def test_polling_waits_five_seconds_or_twenty_times_a_pass(took_s: float, wait_s: float) -> None:
    assert _completed(took_s).scheduled_at(polling=True) == pytest.approx(100.0 + wait_s)


def test_three_passes_follow_a_new_connection_then_the_interval() -> None:
    plan = _completed(0.1)
    plan.went_live(200.0)
    begun = []
    for _ in range(4):
        at = plan.scheduled_at(polling=False)
        assert at is not None
        plan.completed(max(at, 200.0), max(at, 200.0) + 0.1, 1000)
        begun.append(max(at, 200.0))
    # The interval had run out meanwhile (100 + 60 < 200), so one comes at once.
    assert begun == pytest.approx([200.0, 205.0, 220.0, 260.0])
    assert plan.scheduled_at(polling=False) == pytest.approx(320.0)


def test_after_a_connection_an_expensive_pass_is_made_once_after_a_minute() -> None:
    plan = _completed(0.1, 2_000_000)
    plan.went_live(200.0)
    assert plan.scheduled_at(polling=False) == 260.0
    plan.completed(260.0, 260.1, 2_000_000)
    assert plan.scheduled_at(polling=False) == pytest.approx(660.0)


def test_a_pass_serves_every_scheduled_one_that_was_due_when_it_began() -> None:
    plan = _completed(0.1)
    plan.went_live(100.0)
    plan.completed(125.0, 126.0, 1000)
    assert plan.scheduled_at(polling=False) == 160.0


def test_a_connection_that_ended_takes_its_passes_with_it() -> None:
    plan = _completed(0.1)
    plan.went_live(100.0)
    assert plan.scheduled_at(polling=False) == 105.0
    plan.went_silent()
    assert plan.scheduled_at(polling=False) == 160.0


@given(COST, st.floats(0, 1e4))
def test_a_pass_that_a_gap_wants_comes_at_most_once_in_ten_times_its_time(
    took_s: float, later_s: float
) -> None:
    plan = _completed(took_s)
    assert plan.wanted_at(100.0 + later_s) == pytest.approx(100.0 + max(1.0, 10 * took_s), abs=1e-6)


@given(COST)
def test_a_top_n_read_comes_after_four_times_its_time_and_250_ms_at_least(took_s: float) -> None:
    # The time it took is a difference of two clock readings, so it is exact to about a microsecond only.
    assert _completed(took_s, top=True).wanted_at(0.0) == pytest.approx(
        100.0 + max(0.25, 4 * took_s), abs=1e-6
    )


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=50))
def test_top_n_reads_are_throttled_and_never_put_off_by_further_notifications(
    notifications: list[float],
) -> None:
    plan, now = _completed(0.01, top=True), 100.01
    due_at = plan.wanted_at(now)
    for wait_s in notifications:
        now += wait_s
        assert plan.wanted_at(now) == due_at


def test_an_expensive_first_pass_drops_the_early_ones() -> None:
    plan = PassPlan()
    plan.went_live(0.0)
    plan.completed(0.0, 2.0, 10_000_000)
    assert plan.scheduled_at(polling=False) == 60.0


def test_big_tables_compare_versions_and_every_tenth_pass_reads_whole_rows() -> None:
    plan = PassPlan()
    plan.completed(0.0, 1.0, 999_999)
    assert not plan.compares_next()
    plan.completed(10.0, 11.0, 5_000_000)
    for began in range(9):
        assert plan.compares_next()
        plan.completed(20.0 + began, 20.5 + began, 50_000, compared=True)
    assert not plan.compares_next()
    plan.completed(40.0, 41.0, 5_000_000)
    assert plan.compares_next()


def test_passes_in_vain_wait_longer_and_longer_until_one_is_completed() -> None:
    plan = PassPlan()
    waits = []
    for _ in range(4):
        plan.began(10.0)
        plan.gave_up(10.0)
        waits.append(plan.wanted_at(10.0) - 10.0)
    assert waits == [0.0, 0.5, 1.0, 2.0]
    for _ in range(40):
        plan.gave_up(10.0)
    assert plan.wanted_at(10.0) == 70.0
    plan.completed(80.0, 80.0, 0)
    assert plan.wanted_at(80.0) == 81.0


def test_a_pass_that_the_user_asks_for_waits_for_nothing_but_the_gap_of_top_n_reads() -> None:
    plan = _completed(5.0)
    plan.ask(105.0)
    assert plan.wanted_at(106.0) == 106.0
    plan.began(106.0)
    assert plan.wanted_at(107.0) == 150.0
    top = _completed(5.0, top=True)
    top.ask(105.0)
    assert top.wanted_at(106.0) == 100.25


def test_a_pass_that_is_asked_for_during_another_one_follows_it_at_once() -> None:
    plan = _completed(5.0)
    plan.began(200.0)
    plan.ask(210.0)
    plan.began(220.0)
    plan.completed(200.0, 230.0, 0)
    assert plan.wanted_at(230.0) == 230.0
    plan.began(230.0)
    plan.completed(230.0, 260.0, 0)
    assert plan.wanted_at(260.0) == 530.0


def test_a_top_n_read_that_nobody_looks_at_comes_a_second_after_the_last_try() -> None:
    plan = _completed(0.1, top=True)
    plan.began(200.0)
    assert plan.wanted_at(200.1, attended=False) == 201.0
