"""Somebody who holds a lease and only counts."""

from __future__ import annotations

from rtwidget.errors import RtwidgetError
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta


class Ear:
    """Counts how often it was sent to another feed, and keeps of what its token failed."""

    attended = False

    def __init__(self) -> None:
        self.sent_away = 0
        self.refusals: list[RtwidgetError] = []

    def changed(self, delta: Delta) -> None: ...

    def told(self, status: Status, error: RtwidgetError | None) -> None: ...

    def emptied(self) -> None: ...

    def identity_changed(self) -> None:
        self.sent_away += 1

    def token_refused(self, error: RtwidgetError) -> None:
        self.refusals.append(error)
