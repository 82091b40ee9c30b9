"""A run of places for rows: an immutable chunk, a small overlay of what changed since, and a stamp for each row."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rtwidget.replica.keys import Cell, Row
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.chunk import Chunk, Offsets, empty_chunk
from rtwidget.store.chunks.folding import Patches, changed_rows, fold

SEGMENT_BITS: Final = 15
"""The bits of a place that are the offset in its segment: 32,768 places, of which a fold copies all in some milliseconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    """What a segment held at one moment; to be folded without a lock.

    Args:
        segment: The segment.
        chunk: Its chunk.
        overlay: The rows that changed since.
        rows: How many places were given out.
        alive: One byte a place, 0 where the row is gone.
        touched: The columns in which changed rows differ.
    """

    segment: Segment
    chunk: Chunk
    overlay: dict[int, Row]
    rows: int
    alive: bytes | None
    touched: frozenset[int]

    @property
    def unfolded(self) -> bool:
        """Whether there are rows that the chunk does not hold as they are."""
        return bool(self.overlay) or self.rows > self.chunk.rows

    def touches(self, position: int) -> bool:
        """Whether the chunk may not hold a column as it is."""
        return position in self.touched or self.rows > self.chunk.rows

    def alive_mask(self) -> npt.NDArray[np.bool_] | None:
        """Return which rows are there, or None for all."""
        return None if self.alive is None else np.frombuffer(self.alive, np.bool_)


def folded(captures: Sequence[Capture], kinds: Sequence[Kind]) -> list[Chunk]:
    """Return the rows of each capture as one chunk."""
    unfolded = [capture for capture in captures if capture.unfolded]
    changes = [changed_rows(capture.chunk, capture.overlay, capture.rows) for capture in unfolded]
    patches, first = Patches(changes, kinds), 0
    chunks = {capture.segment.number: capture.chunk for capture in captures}
    for capture, one in zip(unfolded, changes, strict=True):
        chunks[capture.segment.number] = fold(
            capture.chunk, one, kinds, touched=capture.touched, patches=patches, first=first
        )
        first += len(one.rows)
    return list(chunks.values())


class Segment:
    """Up to `2 ** SEGMENT_BITS` places for rows. Only the loop thread writes, under the lock of its table; others read captures.

    Args:
        number: Tells segments apart.
        kinds: The kind of each column, as it stands.
        chunk: Rows to begin with, all alive.
    """

    __slots__ = ("_touched", "alive", "chunk", "dead", "noted", "number", "overlay", "stamps")

    def __init__(self, number: int, kinds: Sequence[Kind], chunk: Chunk | None = None) -> None:
        self.number = number
        self.chunk = empty_chunk(kinds) if chunk is None else chunk
        self.overlay: dict[int, Row] = {}
        # As Python integers, stamps would weigh four times as much.
        self.stamps = array("q")
        # Made when a compare pass first sees a row: most tables have none.
        self.noted: array[int] | None = None
        self.alive = bytearray(b"\1" * self.chunk.rows)
        self.dead = 0
        self._touched: set[int] = set()

    @property
    def unfolded(self) -> bool:
        """Whether there are rows that the chunk does not hold as they are."""
        return bool(self.overlay) or self.chunk.rows < len(self.alive)

    def add(self, row: Row, stamp: int) -> int:
        """Keep a new row, and return its offset."""
        offset = len(self.alive)
        self.overlay[offset] = row
        self.stamps.append(stamp)
        self.alive.append(1)
        if self.noted is not None:
            self.noted.append(0)
        return offset

    def change(self, offset: int, row: Row, stamp: int, touched: frozenset[int]) -> None:
        """Keep another row in a place.

        Args:
            offset: The place.
            row: The row.
            stamp: When the read that produced it began, in logical time.
            touched: The columns that differ from before.
        """
        self.stamps[offset] = stamp
        self.overlay[offset] = row
        self._touched |= touched

    def drop(self, offset: int) -> None:
        """Forget a row; its place stays empty."""
        self.alive[offset] = 0
        # The chunk keeps its cells until the segment is packed.
        self.overlay.pop(offset, None)
        self.dead += 1

    def note(self, offset: int, stamp: int) -> None:
        """Remember that a read saw a row unchanged."""
        if self.noted is None:
            self.noted = array("q", bytes(8 * len(self.alive)))
        self.noted[offset] = stamp

    def seen(self, offset: int) -> int:
        """Return when the latest read that saw a row began."""
        stamp = self.stamps[offset]
        return stamp if self.noted is None else max(stamp, self.noted[offset])

    def unseen_since(self, start: int) -> Offsets:
        """Return the offsets of the rows that no read saw which began then or later."""
        unseen = np.frombuffer(self.stamps, np.int64) < start
        if self.noted is not None:
            unseen &= np.frombuffer(self.noted, np.int64) < start
        return np.flatnonzero(unseen & np.frombuffer(self.alive, np.bool_))

    def row(self, offset: int) -> Row:
        """Return a row."""
        row = self.overlay.get(offset)
        return self.chunk.row(offset) if row is None else row

    def cells(self, offset: int, positions: Sequence[int]) -> tuple[Cell, ...]:
        """Return some cells of a row."""
        row = self.overlay.get(offset)
        if row is not None:
            return tuple([row[position] for position in positions])
        return self.chunk.cells(offset, positions)

    def compacted(self, number: int, kinds: Sequence[Kind]) -> Segment:
        """Return a segment of the rows that are there; every row must have been folded."""
        there = np.flatnonzero(np.frombuffer(self.alive, np.bool_))
        segment = Segment(number, kinds, self.chunk.only(there))
        segment.stamps = array("q", np.frombuffer(self.stamps, np.int64)[there].tobytes())
        if self.noted is not None:
            segment.noted = array("q", np.frombuffer(self.noted, np.int64)[there].tobytes())
        return segment

    def capture(self) -> Capture:
        """Return what the segment holds now; under the lock."""
        # Most segments have lost no row, and need no mask.
        alive = bytes(self.alive) if self.dead else None
        return Capture(
            self, self.chunk, dict(self.overlay), len(self.alive), alive, frozenset(self._touched)
        )

    def install(self, capture: Capture, chunk: Chunk) -> None:
        """Let a folded capture take the place of the chunk, unless another did; under the lock."""
        if self.chunk is capture.chunk:
            self.chunk = chunk
            for offset, row in capture.overlay.items():
                # A row that changed again after the capture is newer than the chunk.
                if self.overlay.get(offset) is row:
                    del self.overlay[offset]
            if not self.overlay:
                self._touched.clear()
