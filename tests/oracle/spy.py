"""Looks at every row a table ever shows, on the thread that changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.widget.live_table import LiveTable


class Spy:
    """A follower that counts as somebody who looks, so that reads are not slowed down.

    Args:
        table: The table.
        is_foreign: Whether a row must never be seen there.
    """

    attentive = True

    def __init__(
        self, table: LiveTable, is_foreign: Callable[[Mapping[str, object]], bool]
    ) -> None:
        self._table = table
        self._is_foreign = is_foreign
        self.looked = 0
        self.foreign: list[Mapping[str, object]] = []

    def changed(self, delta: Delta) -> None:
        snapshot = self._table._handle.snapshot()
        self.looked += 1
        for row in snapshot.rows:
            named = dict(zip(snapshot.schema.names, row, strict=True))
            if self._is_foreign(named):
                self.foreign.append(named)

    def told(self, status: Status) -> None:
        """Not a change of rows."""

    def emptied(self) -> None:
        """Nothing is shown, so nothing foreign is."""
