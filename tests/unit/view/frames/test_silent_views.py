"""What a view gets that is hidden or says nothing: no frames, a beat now and then, and in the end nothing."""

from __future__ import annotations

import pytest

from rtwidget.view.frames.flow import (
    BEAT_S,
    DETACH_S,
    FORGET_S,
    Flow,
)


def test_a_hidden_view_gets_nothing() -> None:
    flow = Flow(100.0)
    flow.visible = False
    assert flow.frame_at(101.0) is None
    assert flow.beat_at(101.0) is None


@pytest.mark.parametrize("answers", [True, False])
def test_nothing_is_sent_to_a_view_that_is_silent_for_a_minute_until_its_next_word(
    answers: bool,  # noqa: FBT001  (a case)
) -> None:
    flow = Flow(100.0)
    flow.send(100.0)
    assert flow.asks(100.0, must=False)
    if answers:
        flow.ack(1, 100.0)
    last = 100.0 + DETACH_S
    assert flow.frame_at(last - 0.1) is not None
    assert flow.beat_at(last - 0.1) is not None
    assert flow.frame_at(last) is None
    assert flow.beat_at(last) is None
    flow.heard(last + 5)
    assert flow.frame_at(last + 5) is not None
    assert flow.beat_at(last + 5) is not None


def test_a_view_without_a_word_for_long_is_forgotten() -> None:
    flow = Flow(100.0)
    assert not flow.gone(100.0 + FORGET_S - 1)
    assert flow.gone(100.0 + FORGET_S)
    flow.heard(100.0 + FORGET_S)
    assert not flow.gone(101.0 + FORGET_S)
    assert flow.gone_at() == 100.0 + 2 * FORGET_S


def test_a_beat_is_due_after_a_silence_and_a_frame_is_as_good() -> None:
    flow = Flow(100.0)
    flow.send(100.0)
    assert flow.beat_at(100.0) == 100.0 + BEAT_S
    flow.beat(105.0)
    assert flow.beat_at(105.0) == 105.0 + BEAT_S
