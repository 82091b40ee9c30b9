"""Who wants to hear of a feed."""

from __future__ import annotations

from typing import Protocol

from rtwidget.errors import RtwidgetError
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta


class FeedListener(Protocol):
    """Who holds a lease of a feed; called on the loop thread, and must return at once."""

    @property
    def attended(self) -> bool:
        """Whether somebody looks at the rows or waits for them now."""
        ...

    def changed(self, delta: Delta) -> None:
        """Rows changed."""
        ...

    def told(self, status: Status, error: RtwidgetError | None) -> None:
        """The situation changed."""
        ...

    def emptied(self) -> None:
        """Every row went, before other rows or other columns come."""
        ...

    def identity_changed(self) -> None:
        """The token now names somebody else: find the feed that is theirs."""
        ...

    def token_refused(self, error: RtwidgetError) -> None:
        """The listener's own token is no good any more, and others may have a better one: fail alone."""
        ...
