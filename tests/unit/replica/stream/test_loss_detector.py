"""What proves that a stream loses notifications, and what does not."""

from __future__ import annotations

import pytest

from rtwidget.replica import budgets as b
from rtwidget.replica.stream.loss_detector import LossDetector

ONE, TWO = (1,), (2,)


@pytest.fixture
def losses() -> LossDetector:
    """Return what is known of the losses of a live stream whose rows were all read once since, in a second pass that runs."""
    losses = LossDetector()
    losses.live()
    losses.pass_began(0.0)
    losses.pass_completed()
    losses.pass_began(60.0)
    return losses


def test_a_change_that_nothing_announced_in_time_proves_a_loss(losses: LossDetector) -> None:
    losses.found([ONE], {}, 61.0)
    assert not losses.proven(61.0 + b.PROBE_CONFIRM_S - 0.01)
    assert losses.proven(61.0 + b.PROBE_CONFIRM_S)
    assert not losses.proven(100.0), "One loss is told once."


def test_a_change_whose_notification_waits_or_comes_late_proves_nothing(
    losses: LossDetector,
) -> None:
    losses.found([ONE, TWO], {TWO: 5}, 61.0)
    losses.announced([ONE])
    assert not losses.suspects
    assert not losses.proven(100.0)


def test_another_rows_notification_explains_nothing(losses: LossDetector) -> None:
    losses.found([ONE], {}, 61.0)
    losses.announced([TWO])
    assert losses.proven(65.0)


def test_what_a_first_pass_finds_may_have_changed_before_the_stream_was_live() -> None:
    losses = LossDetector()
    losses.pass_began(0.0)
    losses.live()
    losses.pass_completed()
    losses.pass_began(5.0)
    losses.found([ONE], {}, 6.0)
    assert not losses.suspects, "The pass before began before the stream was live."
    losses.pass_completed()
    losses.pass_began(20.0)
    losses.found([ONE], {}, 21.0)
    assert set(losses.suspects) == {ONE}


def test_a_notification_without_keys_explains_whatever_changed_before_it(
    losses: LossDetector,
) -> None:
    losses.found([ONE], {}, 61.0)
    losses.begin_anew()
    losses.found([TWO], {}, 62.0)
    losses.pass_completed()
    losses.pass_began(120.0)
    losses.found([ONE], {}, 121.0)
    assert not losses.suspects
    losses.pass_completed()
    losses.pass_began(180.0)
    losses.found([ONE], {}, 181.0)
    assert losses.suspects


def test_a_stream_that_is_lost_loses_nothing_more(losses: LossDetector) -> None:
    losses.lost()
    for began in (70.0, 80.0, 90.0):
        losses.pass_completed()
        losses.pass_began(began)
    losses.found([ONE], {}, 91.0)
    assert not losses.suspects


def test_what_is_lost_while_the_server_is_known_to_be_silent_proves_nothing_new(
    losses: LossDetector,
) -> None:
    losses.mute(130.0)
    for began in (70.0, 129.0, 130.0):
        losses.pass_completed()
        losses.pass_began(began)
        losses.found([ONE], {}, began)
    assert not losses.suspects
    losses.pass_completed()
    losses.pass_began(190.0)
    losses.found([ONE], {}, 191.0)
    assert losses.proven(195.0)


def test_a_pass_that_changed_everything_is_remembered_in_part(losses: LossDetector) -> None:
    losses.found([(number,) for number in range(5000)], {}, 61.0)
    assert len(losses.suspects) == b.MOST_SUSPECTS
    assert losses.proven(65.0)
