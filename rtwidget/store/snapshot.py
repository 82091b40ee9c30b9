"""An immutable picture of the rows at one moment; any thread may read it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell, Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.overlaid_chunk import AnyChunk
from rtwidget.store.chunks.segment import Capture

Slots = npt.NDArray[np.int64]
"""Places of rows in the chunks of a snapshot, laid one behind the other, those of rows that are gone included."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One run of rows.

    Args:
        segment: The number of the segment that it was taken of.
        chunk: Its rows.
        alive: Which of them are there; None for all.
    """

    segment: int
    chunk: AnyChunk
    alive: npt.NDArray[np.bool_] | None

    @property
    def offsets(self) -> Slots:
        """The offsets of the rows that are there."""
        return np.arange(self.chunk.rows) if self.alive is None else np.flatnonzero(self.alive)

    def find(self, key: Key, positions: Sequence[int]) -> int | None:
        """Return the offset of a row, or None when it is not there."""
        found = np.ones(self.chunk.rows, np.bool_) if self.alive is None else self.alive
        for cell, position in zip(key, positions, strict=True):
            stored = self.chunk.columns[position]
            # In the column's own encoding: a cell that does not fit in is not there.
            wanted = encode((cell,), Kind.TEXT, stored.encoding)
            if wanted.encoding is not stored.encoding:
                return None
            found = found & as_mask(pc.equal(stored.array, wanted.array[0]))
        offsets = np.flatnonzero(found)
        return int(offsets[0]) if len(offsets) else None

    def same_as(self, other: Part) -> bool:
        """Return whether both hold the same rows."""
        # Each capture copies its mask, so equal ones are rarely the same object.
        alive = self.alive is other.alive or np.array_equal(self._alive(), other._alive())
        return self.chunk is other.chunk and alive

    def _alive(self) -> npt.NDArray[np.bool_]:
        return np.ones(self.chunk.rows, np.bool_) if self.alive is None else self.alive


def parts_of(captures: Sequence[Capture], chunks: Sequence[AnyChunk]) -> tuple[Part, ...]:
    """Return what was captured, each with its rows as one chunk."""
    return tuple(
        [
            Part(capture.segment.number, chunk, capture.alive_mask())
            for capture, chunk in zip(captures, chunks, strict=True)
        ]
    )


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The rows of a query at one moment.

    Args:
        schema: The columns and the key.
        kinds: The kind of each column.
        parts: The rows, in their order.
        revision: A number that grows with every change.
    """

    schema: Schema
    kinds: tuple[Kind, ...] = ()
    parts: tuple[Part, ...] = ()
    revision: int = 0

    def __len__(self) -> int:
        return len(self.slots)

    @cached_property
    def alive(self) -> npt.NDArray[np.bool_]:
        """Whether there is a row in each slot."""
        mask: npt.NDArray[np.bool_] = np.ones(self._starts[-1], np.bool_)
        for part, start in zip(self.parts, self._starts, strict=False):
            if part.alive is not None:
                mask[start : start + part.chunk.rows] = part.alive
        return mask

    @cached_property
    def starts(self) -> Slots:
        """The first slot of each part, and one behind the last."""
        sizes = [part.chunk.rows for part in self.parts]
        return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)

    @cached_property
    def _key_positions(self) -> tuple[int, ...]:
        return self.schema.key_positions

    @cached_property
    def slots(self) -> Slots:
        """The slots of the rows that are there, in their order."""
        if all(part.alive is None for part in self.parts):
            return np.arange(self._starts[-1])
        return np.flatnonzero(self.alive)

    def row(self, slot: int) -> Row:
        """Return the row in a slot."""
        part, offset = self._at(slot)
        return part.chunk.row(offset)

    def key(self, slot: int) -> Key:
        """Return the key of the row in a slot."""
        part, offset = self._at(slot)
        return part.chunk.cells(offset, self._key_positions)

    def column(self, position: int, order: Slots | None = None) -> list[Cell]:
        """Return the cells of one column, in the order of the rows, or in another one of their slots."""
        places = map(self._at, (self.slots if order is None else order).tolist())
        return [part.chunk.cells(offset, (position,))[0] for part, offset in places]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every key, in the order of the rows."""
        return tuple([self.key(slot) for slot in self.slots.tolist()])

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in their order."""
        return tuple([self.row(slot) for slot in self.slots.tolist()])

    def slot(self, segment: int, offset: int) -> int | None:
        """Return the slot of a place in a segment, or None where the snapshot does not have it."""
        for part, start in zip(self.parts, self._starts, strict=False):
            if part.segment == segment:
                return start + offset if offset < part.chunk.rows else None
        return None

    def _at(self, slot: int) -> tuple[Part, int]:
        place = bisect_right(self._starts, slot) - 1
        return self.parts[place], slot - self._starts[place]

    @cached_property
    def _starts(self) -> list[int]:
        # A list, because a look into one makes no numpy scalar.
        starts: list[int] = self.starts.tolist()
        return starts


def as_mask(values: pa.Array) -> npt.NDArray[np.bool_]:
    """Return Arrow's answer to a question as a mask; null is no."""
    return np.asarray(pc.fill_null(values, False), np.bool_)  # noqa: FBT003  (Arrow's signature)


EMPTY = Snapshot(Schema((), ("id",)))
"""What there is before anything was read."""
