"""What Python needs of a table beyond what a grid does: snapshots of all its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from rtwidget.feed.sharing.readable_table import TakenSnapshot
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.grid_table import GridTable


class KeptTable(GridTable, Protocol):
    """A table whose rows are all kept in this process; any thread."""

    def snapshot(self) -> Snapshot:
        """Return the rows as they stand."""
        ...

    def take_snapshot(self) -> TakenSnapshot:
        """Return the rows as they stand, whole or not."""
        ...

    def take_verified_snapshot(self, since: datetime | None) -> TakenSnapshot | None:
        """Return the rows as they stand, or None if they were not verified, or not since then."""
        ...

    def check(self) -> None:
        """Raise what makes waiting pointless.

        Raises:
            RtwidgetError: What the table failed of, or that it was closed.
        """
        ...
