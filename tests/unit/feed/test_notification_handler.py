"""What a feed makes of notifications: keys to read, passes to make, and whether it is live."""

from __future__ import annotations

import pytest

from rtwidget.abc import Notification
from rtwidget.errors import ConnectionLostError
from rtwidget.feed.notification_handler import NotificationHandler
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import DIRTY_ROWS_FOR_PASS
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.lifecycle import Stream

SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))
NOW_S = 1_000_000.0
LOST = RetryableFailure(ConnectionLostError("The connection was lost."), 1)


def wants_pass(state: FeedState) -> bool:
    return state.replica.want is not None


def oldest_commit_at(state: FeedState) -> float | None:
    return state.oldest_commit_at


def stream_of(state: FeedState) -> Stream:
    return state.lifecycle.stream


@pytest.fixture
async def state() -> FeedState:
    """An empty table of which the first pass is complete."""
    made = FeedState(lambda: NOW_S, PassPlan())
    made.reset("the first read", SCHEMA)
    running = made.replica.begin_pass()
    made.replica.complete_page(made.replica.begin_page(running, 0), {}, None)
    made.replica.complete_pass(running)
    made.wake_passes.clear()
    return made


async def test_keys_that_are_named_are_read_and_no_pass_is_wanted(state: FeedState) -> None:
    NotificationHandler(state, by_keys=True).stream_notified(Notification(keys=((1,), (2,))))
    assert set(state.replica.dirty) == {(1,), (2,)}
    assert state.wake_keys.is_set()
    assert not wants_pass(state)
    assert state.stats.notifications == 1


@pytest.mark.parametrize(
    ("by_keys", "trusted", "notification"),
    [
        (True, True, Notification(everything=True)),
        (False, True, Notification(keys=((1,),))),
        (True, False, Notification(keys=((1,),))),
    ],
)
async def test_what_names_no_usable_key_wants_a_pass(
    state: FeedState, *, by_keys: bool, trusted: bool, notification: Notification
) -> None:
    state.keys_trusted = trusted
    NotificationHandler(state, by_keys=by_keys).stream_notified(notification)
    assert not state.replica.dirty
    assert wants_pass(state)
    assert state.wake_passes.is_set()
    assert not state.wake_keys.is_set()


async def test_too_many_keys_are_forgotten_for_a_pass(state: FeedState) -> None:
    keys = tuple((number,) for number in range(DIRTY_ROWS_FOR_PASS + 1))
    handler = NotificationHandler(state, by_keys=True)
    handler.stream_notified(Notification(keys=keys[:-1]))
    assert not wants_pass(state)
    handler.stream_notified(Notification(keys=keys[-1:]))
    assert wants_pass(state)
    assert not state.replica.dirty


async def test_the_oldest_commit_waits_and_a_clock_ahead_of_ours_counts_as_skew(
    state: FeedState,
) -> None:
    handler = NotificationHandler(state, by_keys=True)
    for committed_at, oldest in ((-3.0, -3.0), (-1.0, -3.0)):
        handler.stream_notified(Notification(committed_at=NOW_S + committed_at))
        assert oldest_commit_at(state) == NOW_S + oldest
    state.oldest_commit_at = None
    # Two seconds ahead at least: nothing arrives before it was committed.
    handler.stream_notified(Notification(committed_at=NOW_S + 2))
    assert oldest_commit_at(state) == NOW_S
    handler.stream_notified(Notification(committed_at=NOW_S + 1))
    assert oldest_commit_at(state) == NOW_S - 1


async def test_live_wants_a_pass_and_asks_who_everybody_is_only_when_it_is_live_again(
    state: FeedState,
) -> None:
    handler = NotificationHandler(state, by_keys=True)
    asked: list[None] = []
    state.ask_identities.now = lambda: asked.append(None)  # type: ignore[method-assign]
    state.stream_failure = LOST
    handler.stream_live()
    assert stream_of(state) is Stream.LIVE
    assert wants_pass(state)
    assert state.current_failure is None
    assert asked == []
    handler.stream_live()
    assert len(asked) == 1
    assert state.stats.connections == 2


async def test_a_lost_stream_is_told_and_polled_once_that_may_take_long(state: FeedState) -> None:
    handler = NotificationHandler(state, by_keys=True)
    handler.stream_live()
    state.wake_passes.clear()
    handler.stream_lost(LOST, hopeless=False)
    assert stream_of(state) is Stream.LOST
    assert not state.wake_passes.is_set()
    handler.stream_lost(LOST, hopeless=True)
    assert stream_of(state) is Stream.UNAVAILABLE
    assert state.wake_passes.is_set()
    assert state.current_failure is LOST


async def test_a_refused_stream_ends_the_feed_with_the_first_reason(state: FeedState) -> None:
    handler = NotificationHandler(state, by_keys=True)
    for number in (1, 2):
        handler.stream_refused(RuntimeError(number))
    with pytest.raises(RuntimeError, match="1"):
        await handler.refused
