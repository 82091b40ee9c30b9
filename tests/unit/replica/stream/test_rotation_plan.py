"""How long a stream is believed."""

from __future__ import annotations

import itertools

import pytest

from rtwidget.replica import budgets as b
from rtwidget.replica.stream.rotation_plan import RotationPlan


def test_a_stream_that_says_nothing_is_replaced_after_two_to_four_minutes() -> None:
    plan = RotationPlan()
    for chance, wait_s in ((0.0, 120.0), (0.5, 180.0), (0.999999, 240.0)):
        plan.began(1000.0, chance, ends_with_connection=False)
        assert plan.replace_at() == pytest.approx(1000.0 + wait_s, abs=0.01)


def test_what_a_stream_says_proves_that_it_lives_until_it_is_old() -> None:
    plan = RotationPlan()
    plan.began(0.0, 0.0, ends_with_connection=False)
    plan.heard(100.0)
    assert plan.replace_at() == 220.0
    plan.heard(470.0)
    assert plan.replace_at() == b.ROTATION_S[0]


def test_a_stream_that_ends_with_its_connection_is_believed_while_that_stays() -> None:
    plan = RotationPlan()
    plan.began(0.0, 1.0, ends_with_connection=True)
    assert plan.replace_at() == b.ROTATION_S[1]


def test_losses_cost_fewer_and_fewer_connections() -> None:
    plan, now, acted = RotationPlan(), 0.0, []
    while now < 3600.0:
        if plan.doubted(now):
            acted.append(now)
        now += 10.0
    gaps = [later - earlier for earlier, later in itertools.pairwise(acted)]
    assert gaps[:5] == [30.0, 60.0, 120.0, 240.0, 480.0]
    assert set(gaps[5:]) == {480.0}


def test_a_loss_after_a_long_good_time_is_acted_on_at_once() -> None:
    plan = RotationPlan()
    assert plan.doubted(0.0)
    assert plan.doubted(30.0)
    assert not plan.doubted(60.0)
    assert plan.doubted(2000.0)
    assert plan.doubted(2030.0)
