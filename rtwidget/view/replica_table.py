"""A table of a database as a grid shows it: every row is kept in this process and equal to the database's."""

from __future__ import annotations

from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.view.query.local_rows import LocalRows


class ReplicaTable(LocalRows, TableHandle):
    """The `GridTable` over a feed; arguments and threads as of `TableHandle`."""

    @property
    def revision(self) -> int:
        """Another number for other rows."""
        return self.snapshot().revision
