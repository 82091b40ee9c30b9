"""How changed rows are folded into a chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.keys import Cell, Row
from rtwidget.store.cells.decoding import cells_of
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding, StoredColumn, all_null
from rtwidget.store.chunks.chunk import Chunk, Offsets
from rtwidget.store.chunks.parse_reuse import join_arrays, match_encoding, pair_arrays

_POOL: Final = pa.system_memory_pool()
"""For arrays that stay: Arrow's own allocator keeps what was freed around them, 50 MB beside 210 MB of rows."""


@dataclass(frozen=True, slots=True, eq=False)
class ChangedRows:
    """Rows to be folded into a chunk.

    Args:
        replaced: The offsets of the rows that changed, ascending.
        rows: Those rows, then the added ones.
    """

    replaced: Offsets
    rows: list[Row]


def changed_rows(chunk: Chunk, changed: Mapping[int, Row], rows: int) -> ChangedRows:
    """Return what makes a chunk one of so many rows; an added offset that is not named was removed, and holds nulls.

    Args:
        chunk: The rows as they were.
        changed: The rows that changed or were added, by their offsets.
        rows: How many places there are then.
    """
    replaced = sorted(offset for offset in changed if offset < chunk.rows)
    absent = (None,) * len(chunk.columns)
    changes = [changed[offset] for offset in replaced]
    changes += [changed.get(offset, absent) for offset in range(chunk.rows, rows)]
    return ChangedRows(np.array(replaced, np.int64), changes)


class Patches:
    """The changes of several chunks, encoded together: each step of Arrow's waits for the interpreter's lock, so few steps are worth much.

    Args:
        changes: The changes, one for each chunk.
        kinds: The kind of each column.
    """

    def __init__(self, changes: Sequence[ChangedRows], kinds: Sequence[Kind]) -> None:
        self._rows = [row for one in changes for row in one.rows]
        self._kinds = kinds
        self._encoded: dict[tuple[int, Encoding | None], StoredColumn] = {}

    def encoded(self, position: int, stored: StoredColumn) -> StoredColumn:
        """Return a column of all changes, one behind the other, as the column that they join is kept, if that holds them."""
        like = None if all_null(stored) else stored.encoding
        # Chunks that keep the column alike share one patch.
        if (position, like) not in self._encoded:
            cells = list(map(itemgetter(position), self._rows))
            self._encoded[position, like] = encode(cells, self._kinds[position], like)
        return self._encoded[position, like]


def fold(
    chunk: Chunk,
    changes: ChangedRows,
    kinds: Sequence[Kind],
    *,
    touched: AbstractSet[int],
    patches: Patches,
    first: int,
) -> Chunk:
    """Return a chunk with changed and added rows (any thread); columns that nothing touched are shared.

    Args:
        chunk: The rows as they were.
        changes: What changes.
        kinds: The kind of each column.
        touched: The columns in which changed rows may differ.
        patches: Those changes and others, encoded.
        first: Where the changes begin in the patches.
    """
    added = len(changes.rows) - len(changes.replaced)
    rows = chunk.rows + added
    takes = takes_of(chunk.rows, changes.replaced, rows)
    columns = dict(enumerate(chunk.columns))
    alike: list[tuple[int, StoredColumn, StoredColumn, int]] = []
    both: list[pa.ChunkedArray] = []
    for position, stored in enumerate(chunk.columns):
        # Shared with the chunk before, and with it whatever was parsed of it.
        if not added and position not in touched:
            continue
        patch = patches.encoded(position, stored)
        base = match_encoding(stored, patch)
        if base is None:
            # The new cells do not fit the encoding of the others, so all of them are encoded again.
            cells = [row[position] for row in changes.rows]
            columns[position] = merged(stored, takes, cells, kinds[position])
        else:
            arrays = [
                pa.chunked_array([array, piece.slice(first, len(changes.rows))])
                for array, piece in pair_arrays(base, patch)
            ]
            alike.append((position, base, patch, len(arrays)))
            both += arrays
    taken = _taken(both, takes)
    for position, base, patch, count in alike:
        columns[position] = join_arrays(base, patch, [next(taken) for _ in range(count)])
    offsets = np.concatenate([changes.replaced, np.arange(chunk.rows, rows)])
    history = chunk.followed_by(offsets, rows)
    return Chunk(tuple(columns.values()), rows, history=history)


def _taken(arrays: Sequence[pa.ChunkedArray], takes: Offsets) -> Iterator[pa.Array]:
    if arrays:
        # As one table: a take for each column would wait for the interpreter's lock each time.
        table = pa.Table.from_arrays(arrays, names=list(map(str, range(len(arrays)))))
        taken = pc.take(table.combine_chunks(), pa.array(takes), memory_pool=_POOL)
        for array in taken.columns:
            yield array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()


def takes_of(old_rows: int, replaced: Offsets, rows: int) -> Offsets:
    """Return where each row of the new chunk stands in the old rows followed by the new ones.

    Args:
        old_rows: How many rows there were.
        replaced: The offsets of those that changed, ascending.
        rows: How many rows there are then.
    """
    takes = np.arange(rows, dtype=np.int64)
    takes[old_rows:] += len(replaced)
    takes[replaced] = old_rows + np.arange(len(replaced))
    return takes


def merged(stored: StoredColumn, takes: Offsets, cells: Sequence[Cell], kind: Kind) -> StoredColumn:
    """Return a column with other cells put in, however they are kept.

    Args:
        stored: The column as it was.
        takes: Where each row stands in the old cells followed by the new ones.
        cells: The new cells.
        kind: The column's kind.
    """
    patch = encode(cells, kind, stored.encoding)
    base = match_encoding(stored, patch)
    if base is None:
        every = [*cells_of(stored), *cells]
        return encode([every[place] for place in takes], kind)
    places = pa.array(takes)
    arrays = [pa.concat_arrays(both).take(places) for both in pair_arrays(base, patch)]
    return join_arrays(base, patch, arrays)
