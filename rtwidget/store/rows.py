"""Keyed rows with one stamp beside each: what the rule writes and snapshots are taken of.

Rows live in segments: an immutable Arrow chunk and a small overlay of rows that changed since. The only Python object that a row
costs for good is its entry in the key index.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Final

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.kinds import Kind, Kinds
from rtwidget.store.chunks.overlaid_chunk import overlaid_chunks
from rtwidget.store.chunks.segment import SEGMENT_BITS, Capture, Segment, folded
from rtwidget.store.chunks.segment_runs import OFFSET, SegmentRuns
from rtwidget.store.compaction import Compactor, SegmentSizes
from rtwidget.store.difference import differing
from rtwidget.store.snapshot import Snapshot, parts_of

_SIZES: Final = SegmentSizes()
_NOTHING: Final[frozenset[int]] = frozenset()


class KeyedRows:
    """The rows of one query with one set of columns.

    Only the loop thread writes; `snapshot` may be called from any thread, and neither waits for the other longer than it takes to
    copy the overlays. A change of the columns takes a new object, so that no snapshot ever mixes two.

    Args:
        schema: The columns and the key.
        sizes: When rows are moved.
    """

    def __init__(self, schema: Schema, sizes: SegmentSizes = _SIZES) -> None:
        self.schema = schema
        self._sizes = sizes
        self._kinds = Kinds(schema.columns)
        self._positions = schema.key_positions if schema.columns else ()
        self._lock = threading.Lock()
        self._clear()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each column, as it stands."""
        return self._kinds.now()

    def __len__(self) -> int:
        return len(self._index)

    def stamp(self, key: Key) -> int | None:
        """Return when the read that produced a row began, or None when it is not stored."""
        place = self._index.get(_ident(key))
        return None if place is None else self._runs.segment(place).stamps[place & OFFSET]

    def seen(self, key: Key) -> int | None:
        """Return when the latest read that saw a row began: its stamp, or a later note; None when it is not stored."""
        place = self._index.get(_ident(key))
        return None if place is None else self._runs.segment(place).seen(place & OFFSET)

    def row(self, key: Key) -> Row | None:
        """Return a stored row, or None."""
        place = self._index.get(_ident(key))
        return None if place is None else self._runs.segment(place).row(place & OFFSET)

    def note(self, key: Key, stamp: int) -> None:
        """Note that a read that began then saw a stored row, unchanged, without reading the whole of it."""
        place = self._index[_ident(key)]
        self._runs.segment(place).note(place & OFFSET, stamp)

    def areas(self, wanted: int) -> list[int]:
        """Open areas, one behind the other, for rows that arrive in several runs; return what `put` takes to name them.

        Once there are many rows, few will be new, and these go to the end.
        """
        if len(self._index) >= self._sizes.segment_rows:
            return [-1] * wanted
        return self._runs.open(wanted)

    def put(self, key: Key, row: Row, stamp: int, area: int = -1) -> frozenset[int] | None:
        """Store a row; return the positions that differ from before, or None when it was not there.

        Args:
            key: Its key.
            row: Its cells.
            stamp: When the read that produced it began.
            area: Where a new row goes; the end, if no other is named.
        """
        place = self._index.get(_ident(key))
        if place is None:
            with self._lock:
                place = self._runs.add(row, stamp, area, self._kinds.now)
                self._index[_ident(key)] = place
            self._kinds.observe(row)
            self._compactor.row_added(self._runs.segment(place))
            return None
        segment, offset = self._runs.segment(place), place & OFFSET
        before = segment.row(offset)
        changed = differing(row, before, self._kinds.mixed)
        # Seen again as it was: the stamp says so, and nobody is told.
        if not changed:
            segment.stamps[offset] = stamp
            return _NOTHING
        with self._lock:
            segment.change(offset, row, stamp, changed)
        self._kinds.observe(row, changed)
        self._compactor.row_added(segment)
        return changed

    def remove(self, key: Key) -> None:
        """Forget a stored row."""
        with self._lock:
            place = self._index.pop(_ident(key))
            segment = self._runs.segment(place)
            segment.drop(place & OFFSET)
            # An empty segment has nothing to pack.
            if segment.dead == len(segment.alive):
                self._runs.drop(segment)
                return
        self._compactor.row_removed(segment, self._moved)

    def unseen_since(self, start: int) -> list[Key]:
        """Return the keys of the rows that no read saw which began then or later."""
        return [
            segment.cells(offset, self._positions)
            for segment in self._runs
            for offset in segment.unseen_since(start).tolist()
        ]

    def clear(self) -> None:
        """Forget every row."""
        with self._lock:
            self._clear()

    def snapshot(self, revision: int) -> Snapshot:
        """Return the rows as they stand.

        Args:
            revision: A number that grows with every change, to tell snapshots apart.
        """
        captures, kinds = self._captured()
        chunks = folded(captures, kinds)
        with self._lock:
            # Put back, so that the next snapshot folds only what changed after this one.
            for capture, chunk in zip(captures, chunks, strict=True):
                capture.segment.install(capture, chunk)
        return Snapshot(self.schema, kinds, parts_of(captures, chunks), revision)

    def lazy_snapshot(self) -> Snapshot:
        """Return the rows as they stand, each column folded when it is first asked for: for whoever needs few of them."""
        captures, kinds = self._captured()
        return Snapshot(self.schema, kinds, parts_of(captures, overlaid_chunks(captures, kinds)))

    def _captured(self) -> tuple[list[Capture], tuple[Kind, ...]]:
        with self._lock:
            captures = [segment.capture() for segment in self._runs]
        # Read after the rows: kinds only ever widen, so these fit what was captured.
        return captures, self._kinds.now()

    def rows_at(self, snapshot: Snapshot, slots: Sequence[int]) -> list[Row | None]:
        """Return the rows that stood in these slots of a snapshot, as they are now; None for those that went."""
        return [self.row(snapshot.key(slot)) for slot in slots]

    def slot_of(self, snapshot: Snapshot, key: Key) -> int | None:
        """Return where a row stands in a snapshot, or None where it does not."""
        place = self._index.get(_ident(key))
        if place is None:
            return None
        return snapshot.slot(place >> SEGMENT_BITS, place & OFFSET)

    def _clear(self) -> None:
        # The kinds stay as wide as they were, so that a column keeps its type when rows come back.
        self._index: dict[Any, int] = {}
        self._runs = SegmentRuns(self._sizes.segment_rows)
        self._compactor = Compactor(self._runs, self._kinds, self._lock, self._sizes)

    def _moved(self, segment: Segment) -> None:
        """Note that rows are in another segment now."""
        for offset in range(segment.chunk.rows):
            key = segment.cells(offset, self._positions)
            self._index[_ident(key)] = segment.number << SEGMENT_BITS | offset


def _ident(key: Key) -> object:
    """Return what the index knows a key by: the value itself where it is one, because a tuple of one weighs more than it holds."""
    return key[0] if len(key) == 1 else key
