"""What proves that a stream loses notifications, and what does not."""

from __future__ import annotations

import pytest

from rtwidget.replica import budgets as b
from rtwidget.replica.stream.loss_detector import Evidence

ONE, TWO = (1,), (2,)


@pytest.fixture
def evidence() -> Evidence:
    """Return the evidence of a live stream whose rows were all read once since, in a second pass that runs."""
    evidence = Evidence()
    evidence.live()
    evidence.pass_began(0.0)
    evidence.pass_completed()
    evidence.pass_began(60.0)
    return evidence


def test_a_change_that_nothing_announced_in_time_proves_a_loss(evidence: Evidence) -> None:
    evidence.found([ONE], {}, 61.0)
    assert not evidence.proven(61.0 + b.PROBE_CONFIRM_S - 0.01)
    assert evidence.proven(61.0 + b.PROBE_CONFIRM_S)
    assert not evidence.proven(100.0), "One loss is told once."


def test_a_change_whose_notification_waits_or_comes_late_proves_nothing(evidence: Evidence) -> None:
    evidence.found([ONE, TWO], {TWO: 5}, 61.0)
    evidence.announced([ONE])
    assert not evidence.suspects
    assert not evidence.proven(100.0)


def test_another_rows_notification_explains_nothing(evidence: Evidence) -> None:
    evidence.found([ONE], {}, 61.0)
    evidence.announced([TWO])
    assert evidence.proven(65.0)


def test_what_a_first_pass_finds_may_have_changed_before_the_stream_was_live() -> None:
    evidence = Evidence()
    evidence.pass_began(0.0)
    evidence.live()
    evidence.pass_completed()
    evidence.pass_began(5.0)
    evidence.found([ONE], {}, 6.0)
    assert not evidence.suspects, "The pass before began before the stream was live."
    evidence.pass_completed()
    evidence.pass_began(20.0)
    evidence.found([ONE], {}, 21.0)
    assert set(evidence.suspects) == {ONE}


def test_a_notification_without_keys_explains_whatever_changed_before_it(
    evidence: Evidence,
) -> None:
    evidence.found([ONE], {}, 61.0)
    evidence.begin_anew()
    evidence.found([TWO], {}, 62.0)
    evidence.pass_completed()
    evidence.pass_began(120.0)
    evidence.found([ONE], {}, 121.0)
    assert not evidence.suspects
    evidence.pass_completed()
    evidence.pass_began(180.0)
    evidence.found([ONE], {}, 181.0)
    assert evidence.suspects


def test_a_stream_that_is_lost_loses_nothing_more(evidence: Evidence) -> None:
    evidence.lost()
    for began in (70.0, 80.0, 90.0):
        evidence.pass_completed()
        evidence.pass_began(began)
    evidence.found([ONE], {}, 91.0)
    assert not evidence.suspects


def test_what_is_lost_while_the_server_is_known_to_be_silent_proves_nothing_new(
    evidence: Evidence,
) -> None:
    evidence.mute(130.0)
    for began in (70.0, 129.0, 130.0):
        evidence.pass_completed()
        evidence.pass_began(began)
        evidence.found([ONE], {}, began)
    assert not evidence.suspects
    evidence.pass_completed()
    evidence.pass_began(190.0)
    evidence.found([ONE], {}, 191.0)
    assert evidence.proven(195.0)


def test_a_pass_that_changed_everything_is_remembered_in_part(evidence: Evidence) -> None:
    evidence.found([(number,) for number in range(5000)], {}, 61.0)
    assert len(evidence.suspects) == b.MOST_SUSPECTS
    assert evidence.proven(65.0)
