"""A chunk and the rows that changed since, read as one; a column is folded when somebody asks for it.

What orders and filters need is a column or two, and a snapshot for each of them must not cost a copy of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, overload

import numpy as np
import pyarrow as pa

from rtwidget.replica.keys import Row
from rtwidget.store.chunk import Chunk, Offsets
from rtwidget.store.encoding import Stored
from rtwidget.store.folding import News, Patches, merged, news_of, takes_of
from rtwidget.store.kinds import Kind
from rtwidget.store.segment import Capture

_MOST_BYTES: Final = 1 << 30
"""Arrow's texts end at twice as much."""


@dataclass(frozen=True, slots=True, eq=False)
class UnfoldedChunk:
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
    columns: Sequence[Stored]

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


AnyChunk = Chunk | UnfoldedChunk


def changed_between(old: AnyChunk, new: AnyChunk) -> Offsets | None:
    """Return offsets among which are all that differ between two chunks of one segment, or None when that is not known."""
    (old_base, old_rows), (new_base, new_rows) = _layers(old), _layers(new)
    folded = new_base.changed_since(old_base.number)
    if folded is None:
        return None
    loose = [offset for offset, row in new_rows.items() if old_rows.get(offset) is not row]
    if new_base is old_base:
        loose += [offset for offset in old_rows if offset not in new_rows]
    return np.union1d(folded, np.array(loose, np.int64))


def unfolded(captures: Sequence[Capture], kinds: Sequence[Kind]) -> list[AnyChunk]:
    """Return the rows of each capture as one chunk, and fold nothing yet."""
    loose = [capture for capture in captures if capture.loose]
    columns = _Columns(loose, kinds)
    chunks: dict[int, AnyChunk] = {one.segment.number: one.chunk for one in captures}
    for place, one in enumerate(loose):
        mine = _ColumnsOfOne(columns, place, len(kinds))
        chunks[one.segment.number] = UnfoldedChunk(one.chunk, one.overlay, one.rows, mine)
    return list(chunks.values())


def _layers(chunk: AnyChunk) -> tuple[Chunk, Mapping[int, Row]]:
    return (chunk.base, chunk.overlay) if isinstance(chunk, UnfoldedChunk) else (chunk, {})


class _Columns:
    """The columns of several captures, each folded in one go: each step of Arrow's waits for the interpreter's lock.

    Any thread may ask; two that ask for the same column at once fold it both.
    """

    def __init__(self, captures: Sequence[Capture], kinds: Sequence[Kind]) -> None:
        self._captures = captures
        self._kinds = kinds
        self._made: dict[int, list[Stored]] = {}

    def column(self, position: int) -> list[Stored]:
        """Return one column, a piece of it for each capture."""
        if position not in self._made:
            self._made[position] = self._folded(position)
        return self._made[position]

    @cached_property
    def _news(self) -> list[News]:
        return [news_of(one.chunk, one.overlay, one.rows) for one in self._captures]

    @cached_property
    def _patches(self) -> Patches:
        return Patches(self._news, self._kinds)

    def _folded(self, position: int) -> list[Stored]:
        columns = [one.chunk.columns[position] for one in self._captures]
        touched = [place for place, one in enumerate(self._captures) if one.touches(position)]
        if not touched:
            return columns
        patch = self._patches.encoded(position)
        alike = [place for place in touched if columns[place].encoding is patch.encoding]
        size = patch.array.nbytes + sum(columns[place].array.nbytes for place in alike)
        if size > _MOST_BYTES:
            alike = []
        for place in set(touched).difference(alike):
            cells = [row[position] for row in self._news[place].rows]
            columns[place] = merged(
                columns[place], self._takes(place), cells, self._kinds[position]
            )
        if alike:
            arrays = self._taken([columns[place].array for place in alike], alike, patch.array)
            for place, array in zip(alike, arrays, strict=True):
                columns[place] = Stored(patch.encoding, array)
        return columns

    def _taken(self, arrays: list[pa.Array], places: list[int], patch: pa.Array) -> list[pa.Array]:
        """Return the arrays of some captures with their news in place."""
        patch_starts = np.cumsum([0, *(len(one.rows) for one in self._news)])
        patch_start, start, takes = sum(map(len, arrays)), 0, []
        for place, array in zip(places, arrays, strict=True):
            mine = self._takes(place)
            news = patch_start + int(patch_starts[place]) - len(array)
            takes.append(mine + np.where(mine < len(array), start, news))
            start += len(array)
        every = pa.concat_arrays([*arrays, patch]).take(pa.array(np.concatenate(takes)))
        ends = np.cumsum([len(one) for one in takes])
        return [every.slice(end - len(one), len(one)) for end, one in zip(ends, takes, strict=True)]

    def _takes(self, place: int) -> Offsets:
        one = self._captures[place]
        return takes_of(one.chunk.rows, self._news[place].replaced, one.rows)


class _ColumnsOfOne(Sequence[Stored]):
    """The columns of one capture among several."""

    def __init__(self, columns: _Columns, place: int, length: int) -> None:
        self._columns = columns
        self._place = place
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, position: int) -> Stored: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Stored]: ...
    def __getitem__(self, position: int | slice) -> Stored | Sequence[Stored]:
        if isinstance(position, slice):
            return [self[one] for one in range(*position.indices(self._length))]
        if not 0 <= position < self._length:
            raise IndexError(position)
        return self._columns.column(position)[self._place]
