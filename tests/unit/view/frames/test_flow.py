"""When a frame may leave and which one asks for an answer: pure, with the clock as an argument."""

from __future__ import annotations

from itertools import pairwise

from rtwidget.view.frames.flow import (
    ASK_S,
    FRAME_GAP_S,
    LATE_S,
    MOST_UNASKED,
    SLOW_GAP_S,
    UNASKED_PER_S,
    Flow,
)


def sent(flow: Flow, now: float, *, must: bool = False) -> bool:
    """Send a frame, and return whether it asked for an answer."""
    flow.send(now)
    return flow.asks(now, must=must)


def flood(flow: Flow, now: float, seconds: float, answer_s: float) -> tuple[float, int]:
    """Send as many frames as may leave to a page that answers after so long; return the time then, and how many asked."""
    end, asked = now + seconds, 0
    while now < end:
        at = flow.frame_at(now)
        assert at is not None
        now = max(now, at)
        if sent(flow, now):
            asked += 1
            now += answer_s
            flow.ack(flow.seq, now)
    return now, asked


def test_the_first_frame_may_leave_at_once_and_asks() -> None:
    flow = Flow(100.0)
    frame_at = flow.frame_at(100.0)
    assert frame_at is not None
    assert frame_at <= 100.0
    assert sent(flow, 100.0)


def test_an_answer_releases_the_next_frame_no_sooner_than_an_eye_can_follow() -> None:
    flow = Flow(100.0)
    assert flow.send(100.0) == 1
    assert flow.asks(100.0)
    flow.ack(1, 100.001)
    assert flow.frame_at(100.001) == 100.0 + FRAME_GAP_S


def test_without_an_answer_that_was_asked_for_the_next_frame_waits_and_asks_too() -> None:
    flow = Flow(100.0)
    assert sent(flow, 100.0)
    assert flow.frame_at(100.5) == 100.0 + SLOW_GAP_S
    assert sent(flow, 101.0)
    flow.ack(1, 101.5)
    assert flow.frame_at(101.5) == 101.0 + FRAME_GAP_S


def test_frames_that_do_not_ask_hold_up_nothing() -> None:
    flow = Flow(100.0)
    assert sent(flow, 100.0)
    flow.ack(1, 100.05)
    assert not sent(flow, 100.1)
    assert flow.frame_at(100.1) == 100.1 + FRAME_GAP_S


def test_five_changes_a_second_are_asked_for_once_in_a_quarter_of_a_minute() -> None:
    flow, asked = Flow(100.0), []
    for step in range(600):
        now = 100.0 + step / 5
        if sent(flow, now):
            asked.append(now)
            flow.ack(flow.seq, now + 0.05)
    gaps = [after - before for before, after in pairwise(asked)]
    assert min(gaps) >= ASK_S


def test_in_a_flood_a_page_is_asked_again_before_much_is_on_its_way() -> None:
    flow = Flow(100.0)
    assert sent(flow, 100.0)
    flow.ack(1, 100.03)
    for most in range(1, 1000):
        now = 100.03 + most * FRAME_GAP_S
        if sent(flow, now):
            break
    assert MOST_UNASKED <= most <= MOST_UNASKED / (1 - UNASKED_PER_S * FRAME_GAP_S) + 1
    assert flow.frame_at(now) == now + SLOW_GAP_S


def test_a_page_that_keeps_up_is_asked_less_than_once_a_second_or_so() -> None:
    _, asked = flood(Flow(100.0), 100.0, 60.0, 0.05)
    assert asked <= 66


def test_a_page_that_falls_behind_is_asked_for_frame_after_frame_until_it_does_not() -> None:
    flow = Flow(100.0)
    now, _ = flood(flow, 100.0, 5.0, 0.05)
    careful = []
    for _ in range(8):
        # Its answers come late while many frames are on their way, and in time while there is one.
        while not sent(flow, now := now + FRAME_GAP_S):
            pass
        flow.ack(flow.seq, now := now + 2 * 0.05 + LATE_S + 0.1)
        count = 0
        while sent(flow, now := now + FRAME_GAP_S):
            flow.ack(flow.seq, now := now + 0.1)
            count += 1
        careful.append(count)
    assert careful[:3] == [2, 4, 8]
    assert max(careful) == careful[-1] == 64
    flood(flow, now, 5.0, 0.05)
    assert flow._next_careful == 2


def test_what_a_view_has_to_know_is_asked_for() -> None:
    flow = Flow(100.0)
    assert sent(flow, 100.0)
    flow.ack(1, 100.05)
    assert sent(flow, 100.1, must=True)


def test_a_view_that_says_hello_again_is_asked_at_once() -> None:
    flow = Flow(100.0)
    assert sent(flow, 100.0)
    flow.greeted(100.2)
    assert flow.frame_at(100.2) == 100.0 + FRAME_GAP_S
    assert sent(flow, 100.2)


def test_answers_to_old_frames_and_to_frames_never_sent_release_nothing() -> None:
    flow = Flow(100.0)
    for moment in (100.0, 101.0):
        assert sent(flow, moment)
    flow.ack(99, 101.1)
    assert flow.acked == 0
    assert flow.frame_at(101.1) == 101.0 + SLOW_GAP_S
    flow.ack(2, 101.2)
    flow.ack(1, 101.3)
    assert flow.acked == 2


def test_a_view_that_painted_an_older_frame_last_misses_one_once_there_was_time_enough() -> None:
    flow = Flow(100.0)
    for moment in (100.0, 100.1):
        flow.send(moment)
    assert not flow.misses(1, 100.5)
    assert flow.misses(1, 100.1 + SLOW_GAP_S)
    assert not flow.misses(2, 110.0)
