"""A chunk and the rows that changed since, read as one; a column is folded when somebody asks for it.

What orders and filters need is a column or two, and a snapshot for each of them must not cost a copy of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rtwidget.replica.keys import Row
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import StoredColumn
from rtwidget.store.chunks.chunk import Chunk, Offsets
from rtwidget.store.chunks.lazy_columns import CaptureColumns, LazyColumns
from rtwidget.store.chunks.segment import Capture


@dataclass(frozen=True, slots=True, eq=False)
class OverlaidChunk:
    """Rows that never change, in two layers; any thread may read them.

    Args:
        base: The rows as they were.
        overlay: The rows that changed since, or were added behind.
        rows: How many places there are.
        columns: The columns of both together.
    """

    base: Chunk
    overlay: Mapping[int, Row]
    rows: int
    columns: Sequence[StoredColumn]

    def row(self, offset: int) -> Row:
        """Return one row."""
        row = self.overlay.get(offset)
        return self.base.row(offset) if row is None else row

    def cells(self, offset: int, positions: Sequence[int]) -> Row:
        """Return some cells of one row."""
        row = self.overlay.get(offset)
        if row is None:
            return self.base.cells(offset, positions)
        return tuple([row[position] for position in positions])


AnyChunk = Chunk | OverlaidChunk


def changed_between(old: AnyChunk, new: AnyChunk) -> Offsets | None:
    """Return offsets among which are all that differ between two chunks of one segment, or None when that is not known."""
    (old_base, old_rows), (new_base, new_rows) = _layers(old), _layers(new)
    folded = new_base.changed_since(old_base.number)
    # The history does not reach back so far, so any row may differ.
    if folded is None:
        return None
    # Rows are tuples, so the same object has not changed.
    unfolded = [offset for offset, row in new_rows.items() if old_rows.get(offset) is not row]
    if new_base is old_base:
        unfolded += [offset for offset in old_rows if offset not in new_rows]
    return np.union1d(folded, np.array(unfolded, np.int64))


def overlaid_chunks(captures: Sequence[Capture], kinds: Sequence[Kind]) -> list[AnyChunk]:
    """Return the rows of each capture as one chunk, and fold nothing yet."""
    unfolded = [capture for capture in captures if capture.unfolded]
    columns = LazyColumns(unfolded, kinds)
    chunks: dict[int, AnyChunk] = {one.segment.number: one.chunk for one in captures}
    for place, one in enumerate(unfolded):
        mine = CaptureColumns(columns, place, len(kinds))
        chunks[one.segment.number] = OverlaidChunk(one.chunk, one.overlay, one.rows, mine)
    return list(chunks.values())


def _layers(chunk: AnyChunk) -> tuple[Chunk, Mapping[int, Row]]:
    return (chunk.base, chunk.overlay) if isinstance(chunk, OverlaidChunk) else (chunk, {})
