"""The rows of a snapshot as a view looks them up: what a paused or closed table shows."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.snapshot import Snapshot


class KeptRows:
    """The rows of one snapshot, found by key; any thread.

    Args:
        snapshot: The rows.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @property
    def schema(self) -> Schema:
        """The columns and the key."""
        return self.snapshot.schema

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each column."""
        return self.snapshot.kinds

    def row(self, key: Key) -> Row | None:
        """Return a row, or None when it is not there."""
        slot = self.slot_of(self.snapshot, key)
        return None if slot is None else self.snapshot.row(slot)

    def lazy_snapshot(self) -> Snapshot:
        """Return all rows."""
        return self.snapshot

    def rows_at(self, snapshot: Snapshot, slots: Sequence[int]) -> list[Row | None] | None:
        """Return the rows in these slots, or None when they are slots of another snapshot."""
        return [snapshot.row(slot) for slot in slots] if snapshot is self.snapshot else None

    def slot_of(self, snapshot: Snapshot, key: Key) -> int | None:
        """Return where a row stands in a snapshot, or None where it does not."""
        # Each part is searched, because a table that rests needs no index: it is seldom asked.
        starts: list[int] = snapshot.starts.tolist()
        for part, start in zip(snapshot.parts, starts, strict=False):
            offset = part.find(key, snapshot.schema.key_positions)
            if offset is not None:
                return start + offset
        return None
