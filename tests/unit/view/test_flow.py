"""When a frame may leave: pure, with the clock as an argument."""

from __future__ import annotations

from rtwidget.view.flow import (
    BEAT_S,
    DETACH_S,
    FORGET_S,
    FRAME_GAP_S,
    SLOW_GAP_S,
    Flow,
)


def test_the_first_frame_may_leave_at_once() -> None:
    frame_at = Flow(100.0).frame_at(100.0)
    assert frame_at is not None
    assert frame_at <= 100.0


def test_an_ack_releases_the_next_frame_no_sooner_than_an_eye_can_follow() -> None:
    flow = Flow(100.0)
    assert flow.send(100.0) == 1
    flow.ack(1, 100.001)
    assert flow.frame_at(100.001) == 100.0 + FRAME_GAP_S


def test_without_an_ack_the_next_frame_waits() -> None:
    flow = Flow(100.0)
    flow.send(100.0)
    assert flow.frame_at(100.5) == 100.0 + max(SLOW_GAP_S, SLOW_GAP_S)


def test_acks_of_old_frames_and_of_frames_never_sent_release_nothing() -> None:
    flow = Flow(100.0)
    for moment in (100.0, 101.0, 102.0):
        flow.send(moment)
    flow.ack(1, 102.1)
    flow.ack(99, 102.1)
    assert flow.acked == 1
    assert flow.frame_at(102.1) == 102.0 + SLOW_GAP_S
    flow.ack(3, 102.2)
    flow.ack(2, 102.3)
    assert flow.acked == 3


def test_a_hidden_view_gets_no_frame() -> None:
    flow = Flow(100.0)
    flow.visible = False
    assert flow.frame_at(200.0) is None


def test_frames_stop_when_nobody_answers_and_go_on_at_the_next_word() -> None:
    flow = Flow(100.0)
    flow.send(100.0)
    last = 100.0 + DETACH_S
    assert flow.frame_at(last - 0.1) is not None
    assert flow.frame_at(last) is None
    flow.heard(last + 5)
    assert flow.frame_at(last + 5) is not None


def test_a_quiet_view_that_answered_everything_is_still_there() -> None:
    flow = Flow(100.0)
    flow.send(100.0)
    flow.ack(1, 100.1)
    later = 100.0 + 5 * DETACH_S
    assert not flow.detached(later)
    flow.send(later)
    assert not flow.detached(later + DETACH_S - 1)
    assert flow.detached(later + DETACH_S)


def test_a_view_without_a_word_for_long_is_forgotten() -> None:
    flow = Flow(100.0)
    assert not flow.gone(100.0 + FORGET_S - 1)
    assert flow.gone(100.0 + FORGET_S)
    flow.heard(100.0 + FORGET_S)
    assert not flow.gone(101.0 + FORGET_S)


def test_a_beat_is_due_after_a_silence_and_a_frame_is_as_good() -> None:
    flow = Flow(100.0)
    flow.send(100.0)
    assert flow.beat_at() == 100.0 + BEAT_S
    flow.beat(105.0)
    assert flow.beat_at() == 105.0 + BEAT_S
