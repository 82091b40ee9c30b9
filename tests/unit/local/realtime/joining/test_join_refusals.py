"""Refusals of joins: what the log says, and what the client is told."""

from __future__ import annotations

import pytest

from rtwidget.errors import RtwidgetError
from rtwidget.local.realtime.joining.join_refusals import (
    JoinRefused,
    SubscriptionRefused,
    TopicRefused,
)


def test_a_private_topic_is_refused_with_a_code_that_only_the_log_shows() -> None:
    refusal = TopicRefused("Unauthorized", "You do not have permissions")
    assert str(refusal) == "Unauthorized: You do not have permissions"
    assert refusal.message == "You do not have permissions"


@pytest.mark.parametrize("kind", [JoinRefused, SubscriptionRefused])
def test_other_refusals_are_the_message_itself(kind: type[Exception]) -> None:
    assert str(kind("the reason")) == "the reason"


@pytest.mark.parametrize("kind", [JoinRefused, SubscriptionRefused, TopicRefused])
def test_a_servers_answer_is_no_error_of_ours_and_no_other_refusal(kind: type[Exception]) -> None:
    assert not issubclass(kind, RtwidgetError)
    others = {JoinRefused, SubscriptionRefused, TopicRefused} - {kind}
    assert not issubclass(kind, tuple(others))
