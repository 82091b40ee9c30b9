"""An immutable run of rows, kept by columns, and how changed rows are folded into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from rtwidget.replica.keys import Cell, Row
from rtwidget.store.decoding import Reader, cells_of, reader
from rtwidget.store.encoding import Stored, encode
from rtwidget.store.kinds import Kind

Offsets = npt.NDArray[np.int64]

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

    columns: tuple[Stored, ...]
    rows: int
    number: int
    history: tuple[tuple[int, Offsets], ...] = ()

    def row(self, offset: int) -> Row:
        """Return one row."""
        return tuple([read(offset) for read in self._readers])

    @cached_property
    def _readers(self) -> tuple[Reader, ...]:
        return tuple([reader(column) for column in self.columns])

    def changed_since(self, number: int) -> Offsets | None:
        """Return the offsets that differ from an earlier chunk, or None when that is not known."""
        if number == self.number:
            return np.empty(0, np.int64)
        known = [made_from for made_from, _ in self.history]
        if number not in known:
            return None
        later = [offsets for _, offsets in self.history[known.index(number) :]]
        return np.unique(np.concatenate(later))

    def only(self, offsets: Offsets) -> Chunk:
        """Return a chunk of some of the rows."""
        columns = [Stored(one.encoding, one.array.take(pa.array(offsets))) for one in self.columns]
        return Chunk(tuple(columns), len(offsets), next(_numbers))


def empty_chunk(kinds: Sequence[Kind]) -> Chunk:
    """Return a chunk without rows."""
    return Chunk(tuple([encode((), kind) for kind in kinds]), 0, next(_numbers))


def fold(
    chunk: Chunk,
    changed: Mapping[int, Row],
    rows: int,
    kinds: Sequence[Kind],
    touched: AbstractSet[int],
) -> Chunk:
    """Return a chunk with changed and added rows (any thread); columns that nothing touched are shared.

    Args:
        chunk: The rows as they were.
        changed: Rows by offset; an added offset that it does not name was removed, and holds nulls.
        rows: How many rows the new chunk has.
        kinds: The kind of each column.
        touched: The columns in which rows of the old chunk may differ.
    """
    replaced = sorted(offset for offset in changed if offset < chunk.rows)
    absent = (None,) * len(kinds)
    news = [changed[offset] for offset in replaced]
    news += [changed.get(offset, absent) for offset in range(chunk.rows, rows)]
    takes = _takes(chunk.rows, np.array(replaced, np.int64), rows)
    columns = [
        stored
        if rows == chunk.rows and place not in touched
        else _merged(stored, takes, [row[place] for row in news], kinds[place])
        for place, stored in enumerate(chunk.columns)
    ]
    offsets = np.concatenate([np.array(replaced, np.int64), np.arange(chunk.rows, rows)])
    history = _shortened((*chunk.history, (chunk.number, offsets)), rows)
    return Chunk(tuple(columns), rows, next(_numbers), history)


def _takes(old_rows: int, replaced: Offsets, rows: int) -> Offsets:
    """Return where each row of the new chunk stands in the old rows followed by the new ones."""
    takes = np.arange(rows, dtype=np.int64)
    takes[old_rows:] += len(replaced)
    takes[replaced] = old_rows + np.arange(len(replaced))
    return takes


def _merged(stored: Stored, takes: Offsets, cells: Sequence[Cell], kind: Kind) -> Stored:
    patch = encode(cells, kind, stored.encoding)
    if patch.encoding is stored.encoding:
        both = pa.concat_arrays([stored.array, patch.array])
        return Stored(stored.encoding, both.take(pa.array(takes)))
    every = [*cells_of(stored), *cells]
    return encode([every[place] for place in takes], kind)


def _shortened(
    history: tuple[tuple[int, Offsets], ...], rows: int
) -> tuple[tuple[int, Offsets], ...]:
    kept, size = len(history), 0
    while kept and (size + len(history[kept - 1][1])) * _HISTORY_SHARE <= rows:
        kept -= 1
        size += len(history[kept][1])
    return history[kept:]
