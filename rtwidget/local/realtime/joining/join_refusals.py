"""Why the real server refuses a join, a private topic, or a subscription for good."""

from __future__ import annotations

# They are a server's answers, not errors of this program, so they are named by what happened.


class SubscriptionRefused(Exception):  # noqa: N818
    """A subscription that no retry will make work; the message goes to the client."""


class JoinRefused(Exception):  # noqa: N818
    """A join that is answered with an error; the message is the reply's reason."""


class TopicRefused(Exception):  # noqa: N818
    """A private channel that may not be joined, or not now.

    Args:
        code: What kind of refusal it is.
        message: What the client is told.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.message = message
