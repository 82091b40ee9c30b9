"""What is due, and what a server is late with, on a clock that the test holds."""

from __future__ import annotations

from rtwidget.sources.supabase.realtime.deadlines import (
    HEARTBEAT_S,
    JOIN_S,
    LIVE_S,
    REPLY_S,
    Deadlines,
    Wait,
)


def test_a_channel_that_is_live_waits_for_its_heartbeats_alone() -> None:
    waits = Deadlines(0.0, LIVE_S)
    assert waits.next_tick(joined=True, live=True) == HEARTBEAT_S
    assert waits.overdue(LIVE_S + 1, joined=True, live=True) is None
    assert (waits.beat_is_due(HEARTBEAT_S - 1), waits.beat_is_due(HEARTBEAT_S)) == (False, True)


def test_one_heartbeat_is_waited_for_at_a_time_and_only_its_own_reply_counts() -> None:
    waits = Deadlines(0.0, LIVE_S)
    waits.sent_beat("7", HEARTBEAT_S)
    by = HEARTBEAT_S + REPLY_S
    assert waits.next_tick(joined=True, live=True) == by
    assert not waits.beat_is_due(10 * HEARTBEAT_S)
    assert not waits.answered("6")
    assert not waits.answered(None)
    assert waits.overdue(by, joined=True, live=True) is Wait.HEARTBEAT
    assert waits.answered("7")
    assert not waits.answered("7")
    assert waits.overdue(by, joined=True, live=True) is None
    assert waits.next_tick(joined=True, live=True) == 2 * HEARTBEAT_S


def test_the_join_and_the_subscription_have_waits_of_their_own() -> None:
    waits = Deadlines(0.0, LIVE_S)
    waits.sent_beat("7", JOIN_S)
    waits.answered("7")
    assert waits.overdue(JOIN_S, joined=False, live=False) is Wait.JOIN
    assert waits.overdue(JOIN_S, joined=True, live=False) is None
    assert waits.overdue(LIVE_S, joined=True, live=False) is Wait.LIVE


def test_whoever_has_less_patience_waits_less_for_the_join_too() -> None:
    waits = Deadlines(0.0, 5.0)
    assert waits.next_tick(joined=False, live=False) == 5.0
    assert waits.overdue(5.0, joined=False, live=False) is Wait.JOIN
