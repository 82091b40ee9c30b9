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
        return later[0] if len(later) == 1 else np.unique(np.concatenate(later))

    def only(self, offsets: Offsets) -> Chunk:
        """Return a chunk of some of the rows."""
        columns = [Stored(one.encoding, one.array.take(pa.array(offsets))) for one in self.columns]
        return Chunk(tuple(columns), len(offsets), next(_numbers))


def empty_chunk(kinds: Sequence[Kind]) -> Chunk:
    """Return a chunk without rows."""
    return Chunk(tuple([encode((), kind) for kind in kinds]), 0, next(_numbers))


@dataclass(frozen=True, slots=True, eq=False)
class News:
    """Rows to be folded into a chunk.

    Args:
        replaced: The offsets of the rows that changed, ascending.
        rows: Those rows, then the added ones.
    """

    replaced: Offsets
    rows: list[Row]


def news_of(chunk: Chunk, changed: Mapping[int, Row], rows: int) -> News:
    """Return what makes a chunk one of so many rows; an added offset that is not named was removed, and holds nulls."""
    replaced = sorted(offset for offset in changed if offset < chunk.rows)
    absent = (None,) * len(chunk.columns)
    news = [changed[offset] for offset in replaced]
    news += [changed.get(offset, absent) for offset in range(chunk.rows, rows)]
    return News(np.array(replaced, np.int64), news)


class Patches:
    """The news of several chunks, encoded together: each step of Arrow's waits for the interpreter's lock, so few steps are worth much.

    Args:
        news: The news, one for each chunk.
        kinds: The kind of each column.
    """

    def __init__(self, news: Sequence[News], kinds: Sequence[Kind]) -> None:
        self._rows = [row for one in news for row in one.rows]
        self._kinds = kinds
        self._encoded: dict[int, Stored] = {}

    def encoded(self, position: int) -> Stored:
        """Return a column of all news, one behind the other."""
        if position not in self._encoded:
            cells = [row[position] for row in self._rows]
            self._encoded[position] = encode(cells, self._kinds[position])
        return self._encoded[position]


def fold(
    chunk: Chunk,
    news: News,
    kinds: Sequence[Kind],
    *,
    touched: AbstractSet[int],
    patches: Patches,
    first: int,
) -> Chunk:
    """Return a chunk with changed and added rows (any thread); columns that nothing touched are shared.

    Args:
        chunk: The rows as they were.
        news: What changes.
        kinds: The kind of each column.
        touched: The columns in which changed rows may differ.
        patches: Those news and others, encoded.
        first: Where the news begin in the patches.
    """
    added = len(news.rows) - len(news.replaced)
    rows = chunk.rows + added
    takes = _takes(chunk.rows, news.replaced, rows)
    columns = dict(enumerate(chunk.columns))
    alike: dict[int, pa.ChunkedArray] = {}
    for position, stored in enumerate(chunk.columns):
        if not added and position not in touched:
            continue
        patch = patches.encoded(position)
        if patch.encoding is stored.encoding:
            piece = patch.array.slice(first, len(news.rows))
            alike[position] = pa.chunked_array([stored.array, piece])
        else:
            cells = [row[position] for row in news.rows]
            columns[position] = _merged(stored, takes, cells, kinds[position])
    if alike:
        both = pa.Table.from_arrays(list(alike.values()), names=list(map(str, alike)))
        taken = both.combine_chunks().take(pa.array(takes))
        for position, array in zip(alike, taken.columns, strict=True):
            stored = chunk.columns[position]
            one = array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
            columns[position] = Stored(stored.encoding, one)
    offsets = np.concatenate([news.replaced, np.arange(chunk.rows, rows)])
    history = _shortened((*chunk.history, (chunk.number, offsets)), rows)
    return Chunk(tuple(columns.values()), rows, next(_numbers), history)


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
