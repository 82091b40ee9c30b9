"""Why the real server refuses a join, or a subscription for good."""

from __future__ import annotations


class SubscriptionRefused(Exception):  # noqa: N818  (a server's answer, not an error of this program)
    """A subscription that no retry will make work; the message goes to the client."""


class JoinRefused(Exception):  # noqa: N818
    """A join that is answered with an error; the message is the reply's reason."""
