"""An immutable run of rows, kept by columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from rtwidget.replica.keys import Row
from rtwidget.store.cells.decoding import CellReader, cell_at, cell_reader
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import StoredColumn

Offsets = npt.NDArray[np.int64]

History = tuple[tuple[int, Offsets], ...]

_HISTORY_SHARE: Final = 4
"""Changes of more than a fourth of a chunk are not worth remembering: whoever follows looks at all of it."""
_numbers = count(1)


@dataclass(frozen=True, eq=False)
class Chunk:
    """Rows that never change; any thread may read them.

    Args:
        columns: One stored array for each column, all of the same length.
        rows: How many rows there are.
        number: Tells chunks apart.
        history: The chunks that this one was made from, the latest last, each with the offsets that changed since.
    """

    columns: tuple[StoredColumn, ...]
    rows: int
    number: int = field(default_factory=_numbers.__next__)
    history: History = ()

    def row(self, offset: int) -> Row:
        """Return one row."""
        return tuple([read(offset) for read in self._readers])

    def cells(self, offset: int, positions: Sequence[int]) -> Row:
        """Return some cells of one row."""
        return tuple([cell_at(self.columns[position], offset) for position in positions])

    # Made once, because a row is read by its key at each update.
    @cached_property
    def _readers(self) -> tuple[CellReader, ...]:
        return tuple([cell_reader(column) for column in self.columns])

    def changed_since(self, number: int) -> Offsets | None:
        """Return the offsets that differ from an earlier chunk, or None when that is not known."""
        if number == self.number:
            return np.empty(0, np.int64)
        known = [made_from for made_from, _ in self.history]
        if number not in known:
            return None
        later = [offsets for _, offsets in self.history[known.index(number) :]]
        return later[0] if len(later) == 1 else np.unique(np.concatenate(later))

    def followed_by(self, offsets: Offsets, rows: int) -> History:
        """Return the history of a chunk of so many rows that is made from this one by changing those."""
        history = (*self.history, (self.number, offsets))
        # The latest changes first: who follows the table was here a moment ago.
        kept, size = len(history), 0
        while kept and (size + len(history[kept - 1][1])) * _HISTORY_SHARE <= rows:
            kept -= 1
            size += len(history[kept][1])
        return history[kept:]

    def only(self, offsets: Offsets) -> Chunk:
        """Return a chunk of some of the rows."""
        columns = [
            StoredColumn(one.encoding, one.array.take(pa.array(offsets))) for one in self.columns
        ]
        # Without what was parsed and without a history: whoever follows sees another segment anyway.
        return Chunk(tuple(columns), len(offsets))


def empty_chunk(kinds: Sequence[Kind]) -> Chunk:
    """Return a chunk without rows."""
    return Chunk(tuple([encode((), kind) for kind in kinds]), 0)
