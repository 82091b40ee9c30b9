"""Keyed rows with one stamp beside each: what the rule writes and snapshots are taken of."""

from __future__ import annotations

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.kinds import Kind, Kinds
from rtwidget.store.snapshot import Snapshot


class KeyedRows:
    """The rows of one query with one set of columns.

    Only the loop thread writes; `snapshot` may be called from any thread. A change of the columns takes a new object, so that no
    snapshot ever mixes two.

    Args:
        schema: The columns and the key.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._kinds = Kinds(schema.columns)
        self._entries: dict[Key, tuple[int, Row]] = {}

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each column, as it stands."""
        return self._kinds.now()

    def __len__(self) -> int:
        return len(self._entries)

    def stamp(self, key: Key) -> int | None:
        """Return when the read that produced a row began, or None when it is not stored."""
        entry = self._entries.get(key)
        return None if entry is None else entry[0]

    def row(self, key: Key) -> Row | None:
        """Return a stored row, or None."""
        entry = self._entries.get(key)
        return None if entry is None else entry[1]

    def touch(self, key: Key, stamp: int) -> None:
        """Note that a stored row, unchanged, was the query's answer to a read that began later."""
        before, row = self._entries[key]
        self._entries[key] = (max(before, stamp), row)

    def areas(self, wanted: int) -> list[int]:
        """Return what names the end, so often: rows stand in the order of their arrival."""
        return [-1] * wanted

    def put(self, key: Key, row: Row, stamp: int, area: int = -1) -> frozenset[int] | None:  # noqa: ARG002
        """Store a row; return the positions that differ from before, or None when it was not there."""
        before = self._entries.get(key)
        self._entries[key] = (stamp, row)
        if before is None:
            self._kinds.observe(row)
            return None
        if before[1] == row:
            return frozenset()
        changed = frozenset(
            position
            for position, (old, new) in enumerate(zip(before[1], row, strict=True))
            if old != new
        )
        self._kinds.observe(row, changed)
        return changed

    def remove(self, key: Key) -> None:
        """Forget a stored row."""
        del self._entries[key]

    def older_than(self, stamp: int) -> list[Key]:
        """Return the keys of the rows with a smaller stamp."""
        return [key for key, (at, _) in self._entries.items() if at < stamp]

    def clear(self) -> list[Key]:
        """Forget every row and return their keys."""
        keys = list(self._entries)
        self._entries = {}
        return keys

    def snapshot(self, revision: int) -> Snapshot:
        """Return the rows as they stand.

        Args:
            revision: A number that grows with every change, to tell snapshots apart.
        """
        # Copying a dict is one step for the interpreter, so no lock is needed against the writer.
        entries = dict(self._entries)
        return Snapshot(
            schema=self.schema,
            kinds=self._kinds.now(),
            keys=tuple(entries),
            rows=tuple([row for _, row in entries.values()]),
            revision=revision,
        )
