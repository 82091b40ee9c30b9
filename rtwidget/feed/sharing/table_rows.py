"""What a table shows: the rows and the situation of its feed, or both as they stood when it was paused, closed or failed alone."""

from __future__ import annotations

from dataclasses import replace

from rtwidget.errors import RtwidgetError
from rtwidget.feed.sharing.registry import Lease
from rtwidget.feed.sharing.table_status import TableStatus
from rtwidget.feed.stats import Stats
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.store.kept_rows import KeptRows
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import EMPTY, Snapshot


class TableRows(TableStatus):
    """Passes on what a feed tells, while no rows are kept; loop thread only, but for `snapshot` and `stats`."""

    def __init__(self) -> None:
        super().__init__()
        self._lease: Lease | None = None
        # While these are shown, the feed may go on for others who share it.
        self._kept: KeptRows | None = None

    def snapshot(self) -> Snapshot:
        """Return the rows as they stand, or as they stood when the table was paused, failed alone or was closed; any thread."""
        lease, kept = self._lease, self._kept
        if kept is not None:
            return kept.snapshot
        return EMPTY if lease is None else lease.feed.state.snapshot()

    def rows_now(self) -> KeptRows | KeyedRows:
        """Return the same rows for looking up by key."""
        lease, kept = self._lease, self._kept
        if kept is not None:
            return kept
        return KeptRows(EMPTY) if lease is None else lease.feed.state.rows

    @property
    def stats(self) -> Stats:
        """What the feed has cost and done so far; any thread."""
        lease = self._lease
        return Stats() if lease is None else replace(lease.feed.state.stats)

    def changed(self, delta: Delta) -> None:
        """Rows changed."""
        if self._kept is not None:
            return
        self.signal.rise()
        self.followers.changed(delta)

    def told(self, status: Status, error: RtwidgetError | None) -> None:
        """The situation changed."""
        if self._kept is None:
            self.show(status, error)
        else:
            self.signal.rise()

    def emptied(self) -> None:
        """Every row went."""
        if self._kept is None:
            self.tell_emptied()

    def _keep(self) -> None:
        if self._kept is None:
            self._kept = KeptRows(self.snapshot())
