"""What a view reads of a table, and the rows of one window of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.snapshot import Snapshot


class RowsNow(Protocol):
    """Rows as they stand; loop thread only, but for what says that it is not."""

    @property
    def schema(self) -> Schema:
        """The columns and the key."""
        ...

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each column."""
        ...

    def lazy_snapshot(self) -> Snapshot:
        """Return all rows, for whoever needs few of their columns; any thread."""
        ...

    def row(self, key: Key) -> Row | None:
        """Return a row, or None when it is not there."""
        ...

    def rows_at(self, snapshot: Snapshot, slots: Sequence[int]) -> list[Row | None] | None:
        """Return the rows that stood in these slots as they are now; None when they are slots of other rows."""
        ...

    def slot_of(self, snapshot: Snapshot, key: Key) -> int | None:
        """Return where a row stands in a snapshot, or None where it does not."""
        ...


class Table(Protocol):
    """What a view reads of a table."""

    def rows_now(self) -> RowsNow:
        """Return the rows; any thread."""
        ...


@dataclass(frozen=True, slots=True)
class WindowRows:
    """The rows of one window.

    Args:
        schema: The columns and the key.
        kinds: The kind of each column.
        total: How many rows there are in the view's order.
        first: Where the window begins.
        keys: The keys of its rows.
        rows: Its rows.
        anchor_place: Where the anchor row stands now, or None without one or when it is gone.
    """

    schema: Schema
    kinds: tuple[Kind, ...]
    total: int
    first: int
    keys: tuple[Key, ...]
    rows: tuple[Row, ...]
    anchor_place: int | None = None
