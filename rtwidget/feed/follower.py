"""What follows a table: its views, its callbacks, its readers."""

from __future__ import annotations

from typing import Protocol

from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta


class Follower(Protocol):
    """Who follows a table; called on the loop thread, and must return at once."""

    @property
    def attentive(self) -> bool:
        """Whether somebody looks or listens through this follower now."""
        ...

    def changed(self, delta: Delta) -> None:
        """Rows changed."""
        ...

    def told(self, status: Status) -> None:
        """The situation changed."""
        ...

    def emptied(self) -> None:
        """Every row went, before other rows or other columns come."""
        ...


class Followers(list[Follower]):
    """All that follow one table; loop thread only."""

    @property
    def attentive(self) -> bool:
        """Whether somebody looks or listens now."""
        return any(follower.attentive for follower in self)

    def changed(self, delta: Delta) -> None:
        """Rows changed."""
        for follower in tuple(self):
            follower.changed(delta)

    def told(self, status: Status) -> None:
        """The situation changed."""
        for follower in tuple(self):
            follower.told(status)

    def emptied(self) -> None:
        """Every row went."""
        for follower in tuple(self):
            follower.emptied()
