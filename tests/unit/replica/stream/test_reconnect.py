"""How long a lost stream waits, and when the table polls meanwhile."""

from __future__ import annotations

from rtwidget.errors import ConnectionLostError, ErrorKind, NotificationsUnavailableError
from rtwidget.replica.stream.reconnect import Reconnect

LOST = ConnectionLostError("Gone.", code="1006")


def test_a_stream_that_was_live_polls_after_the_third_failure_in_a_row() -> None:
    reconnect = Reconnect()
    reconnect.went_live()
    assert [reconnect.failed(LOST, 0.0, 0.5)[1] for _ in range(3)] == [False, False, True]
    reconnect.went_live()
    assert reconnect.failures == 0


def test_a_stream_that_never_was_live_polls_at_once() -> None:
    assert Reconnect().failed(LOST, 0.0, 0.0) == (0.0, True)


def test_a_long_wait_is_spent_polling() -> None:
    reconnect = Reconnect()
    for _ in range(6):
        reconnect.failed(LOST, 0.0, 0.9)
    reconnect.went_live()
    delay_s, polls = reconnect.failed(LOST, 1.0, 0.9)
    assert delay_s > 5
    assert polls


def test_what_needs_the_user_waits_for_a_minute_and_polls() -> None:
    for error in (
        NotificationsUnavailableError("Not published."),
        ConnectionLostError("Bad key.", kind=ErrorKind.NEEDS_USER),
    ):
        assert Reconnect().failed(error, 0.0, 0.0) == (60.0, True)


def test_asking_for_an_attempt_does_not_make_later_waits_longer() -> None:
    reconnect = Reconnect()
    for _ in range(6):
        reconnect.failed(LOST, 0.0, 0.5)
    reconnect.asked()
    assert reconnect.failed(LOST, 0.0, 0.5)[0] == 0.5
