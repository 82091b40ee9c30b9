"""The rows of a snapshot, looked up by key: what a paused or closed table shows."""

from __future__ import annotations

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.kinds import Kind
from rtwidget.store.snapshot import Snapshot


class KeptRows:
    """Any thread.

    Args:
        snapshot: The rows.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._rows = dict(zip(snapshot.keys, snapshot.rows, strict=True))

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
        return self._rows.get(key)
