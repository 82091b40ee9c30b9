"""What a feed hears of its table's notification stream."""

from __future__ import annotations

from typing import Protocol

from rtwidget.abc import Notification
from rtwidget.feed.retryable_failure import RetryableFailure


class StreamListener(Protocol):
    """Who wants to hear of a table's changes; called on the loop thread, and must return at once."""

    def stream_live(self) -> None:
        """From now on everything is announced; what happened before was not."""
        ...

    def stream_doubted(self) -> None:
        """What was announced lately may not be all; `stream_live` or `stream_lost` follows soon."""
        ...

    def stream_burst(self) -> None:
        """The server is likely to drop what happens in the next minute, without a word."""
        ...

    def stream_notified(self, notification: Notification) -> None:
        """Something happened."""
        ...

    def stream_lost(self, failure: RetryableFailure, *, hopeless: bool) -> None:
        """Nothing is announced until `stream_live`; hopeless when that may take long."""
        ...

    def stream_refused(self, error: BaseException) -> None:
        """The stream ended for good: another identity, or a fault."""
        ...
