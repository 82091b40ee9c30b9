"""Why the real server refuses a subscription for good."""

from __future__ import annotations


class SubscriptionRefused(Exception):  # noqa: N818  (a server's answer, not an error of this program)
    """A subscription that no retry will make work; the message goes to the client."""
