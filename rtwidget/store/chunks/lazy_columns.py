"""The columns of chunks with the rows that changed since: each is folded when somebody asks for it, that of all chunks in one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, overload

import numpy as np
import pyarrow as pa

from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import StoredColumn
from rtwidget.store.chunks.chunk import Offsets
from rtwidget.store.chunks.folding import ChangedRows, Patches, changed_rows, merged, takes_of
from rtwidget.store.chunks.parse_reuse import join_arrays, match_encoding, pair_arrays
from rtwidget.store.chunks.segment import Capture

_MOST_BYTES: Final = 1 << 30
"""Arrow's texts end at twice as much."""


@dataclass(slots=True)
class _SameEncoding:
    """Columns of some captures that are kept as their changes are.

    Args:
        patch: The changes of all captures.
        size_bytes: What the arrays weigh together.
        places: Which captures they are.
        bases: Their columns as they were.
    """

    patch: StoredColumn
    size_bytes: int = 0
    places: list[int] = field(default_factory=list)
    bases: list[StoredColumn] = field(default_factory=list)

    def add(self, place: int, base: StoredColumn) -> None:
        """Take one in."""
        self.size_bytes += base.array.nbytes
        self.places.append(place)
        self.bases.append(base)


class LazyColumns:
    """The columns of several captures, each folded in one go: each step of Arrow's waits for the interpreter's lock.

    Any thread may ask; two that ask for the same column at once fold it both.
    """

    def __init__(self, captures: Sequence[Capture], kinds: Sequence[Kind]) -> None:
        self._captures = captures
        self._kinds = kinds
        self._made: dict[int, list[StoredColumn]] = {}

    def column(self, position: int) -> list[StoredColumn]:
        """Return one column, a piece of it for each capture."""
        if position not in self._made:
            self._made[position] = self._folded(position)
        return self._made[position]

    @cached_property
    def _changes(self) -> list[ChangedRows]:
        return [changed_rows(one.chunk, one.overlay, one.rows) for one in self._captures]

    @cached_property
    def _patches(self) -> Patches:
        return Patches(self._changes, self._kinds)

    def _folded(self, position: int) -> list[StoredColumn]:
        columns = [one.chunk.columns[position] for one in self._captures]
        touched = [place for place, one in enumerate(self._captures) if one.touches(position)]
        if not touched:
            return columns
        groups: dict[int, _SameEncoding] = {}
        for place in touched:
            patch = self._patches.encoded(position, columns[place])
            base = match_encoding(columns[place], patch)
            group = groups.setdefault(id(patch), _SameEncoding(patch, patch.array.nbytes))
            # What would be too much for one array is folded alone.
            if base is not None and group.size_bytes + base.array.nbytes <= _MOST_BYTES:
                group.add(place, base)
                continue
            cells = [row[position] for row in self._changes[place].rows]
            columns[place] = merged(
                columns[place], self._takes(place), cells, self._kinds[position]
            )
        for group in groups.values():
            for place, column in self._joined(group):
                columns[place] = column
        return columns

    def _joined(self, group: _SameEncoding) -> Iterator[tuple[int, StoredColumn]]:
        """Return the columns of a group with their changes in place."""
        found = [
            {array.type: (array, piece) for array, piece in pair_arrays(base, group.patch)}
            for base in group.bases
        ]
        # What was parsed of some chunks only is parsed anew when somebody asks for it.
        shared = [to for to in found[0] if all(to in one for one in found)] if found else []
        taken = [
            self._taken([one[to][0] for one in found], group.places, found[0][to][1])
            for to in shared
        ]
        for number, (place, base) in enumerate(zip(group.places, group.bases, strict=True)):
            yield place, join_arrays(base, group.patch, [arrays[number] for arrays in taken])

    def _taken(self, arrays: list[pa.Array], places: list[int], patch: pa.Array) -> list[pa.Array]:
        """Return the arrays of some captures with their changes in place."""
        patch_starts = np.cumsum([0, *(len(one.rows) for one in self._changes)])
        patch_start, start, takes = sum(map(len, arrays)), 0, []
        for place, array in zip(places, arrays, strict=True):
            mine = self._takes(place)
            changes = patch_start + int(patch_starts[place]) - len(array)
            # From places in one capture to places in the array of all, their changes behind.
            takes.append(mine + np.where(mine < len(array), start, changes))
            start += len(array)
        every = pa.concat_arrays([*arrays, patch]).take(pa.array(np.concatenate(takes)))
        ends = np.cumsum([len(one) for one in takes])
        return [every.slice(end - len(one), len(one)) for end, one in zip(ends, takes, strict=True)]

    def _takes(self, place: int) -> Offsets:
        one = self._captures[place]
        return takes_of(one.chunk.rows, self._changes[place].replaced, one.rows)


class CaptureColumns(Sequence[StoredColumn]):
    """The columns of one capture among several."""

    def __init__(self, columns: LazyColumns, place: int, length: int) -> None:
        self._columns = columns
        self._place = place
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, position: int) -> StoredColumn: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[StoredColumn]: ...
    def __getitem__(self, position: int | slice) -> StoredColumn | Sequence[StoredColumn]:
        if isinstance(position, slice):
            return [self[one] for one in range(*position.indices(self._length))]
        if not 0 <= position < self._length:
            raise IndexError(position)
        return self._columns.column(position)[self._place]
