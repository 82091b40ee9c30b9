"""How long a stream is believed."""

from __future__ import annotations

import itertools

import pytest

from rtwidget.replica import budgets as b
from rtwidget.replica.stream.rotation_plan import StreamTrust


def test_a_stream_that_says_nothing_is_replaced_after_two_to_four_minutes() -> None:
    trust = StreamTrust()
    for chance, wait_s in ((0.0, 120.0), (0.5, 180.0), (0.999999, 240.0)):
        trust.began(1000.0, chance, ends_with_connection=False)
        assert trust.replace_at() == pytest.approx(1000.0 + wait_s, abs=0.01)


def test_what_a_stream_says_proves_that_it_lives_until_it_is_old() -> None:
    trust = StreamTrust()
    trust.began(0.0, 0.0, ends_with_connection=False)
    trust.heard(100.0)
    assert trust.replace_at() == 220.0
    trust.heard(470.0)
    assert trust.replace_at() == b.ROTATION_S[0]


def test_a_stream_that_ends_with_its_connection_is_believed_while_that_stays() -> None:
    trust = StreamTrust()
    trust.began(0.0, 1.0, ends_with_connection=True)
    assert trust.replace_at() == b.ROTATION_S[1]


def test_losses_cost_fewer_and_fewer_connections() -> None:
    trust, now, acted = StreamTrust(), 0.0, []
    while now < 3600.0:
        if trust.doubted(now):
            acted.append(now)
        now += 10.0
    gaps = [later - earlier for earlier, later in itertools.pairwise(acted)]
    assert gaps[:5] == [30.0, 60.0, 120.0, 240.0, 480.0]
    assert set(gaps[5:]) == {480.0}


def test_a_loss_after_a_long_good_time_is_acted_on_at_once() -> None:
    trust = StreamTrust()
    assert trust.doubted(0.0)
    assert trust.doubted(30.0)
    assert not trust.doubted(60.0)
    assert trust.doubted(2000.0)
    assert trust.doubted(2030.0)
