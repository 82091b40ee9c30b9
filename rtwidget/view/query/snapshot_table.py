"""A table whose rows are all kept in this process, so that snapshots of them can be ordered and searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rtwidget.replica.keys import Key, Row
from rtwidget.store.kept_rows import KeptRows
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.grid_rows import RowLookup


class SnapshotRows(RowLookup, Protocol):
    """Rows as they stand, and snapshots of them; loop thread only, but for what says that it is not."""

    def lazy_snapshot(self) -> Snapshot:
        """Return all rows, for whoever needs few of their columns; any thread."""
        ...

    def rows_at(self, snapshot: Snapshot, slots: Sequence[int]) -> list[Row | None] | None:
        """Return the rows that stood in these slots as they are now; None when they are slots of other rows."""
        ...

    def slot_of(self, snapshot: Snapshot, key: Key) -> int | None:
        """Return where a row stands in a snapshot, or None where it does not."""
        ...


class SnapshotTable(Protocol):
    """Where the rows are to be had."""

    def rows_now(self) -> SnapshotRows:
        """Return the rows; any thread."""
        ...


class FrozenTable:
    """A table as it was at one moment. Loop thread only.

    Args:
        table: The table.
    """

    def __init__(self, table: SnapshotTable) -> None:
        # A snapshot shares its chunks with the table, so that to freeze millions of rows copies none.
        self._rows = KeptRows(table.rows_now().lazy_snapshot())

    def rows_now(self) -> KeptRows:
        """Return the rows."""
        return self._rows
