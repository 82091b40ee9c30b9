"""What changed between two snapshots, for whoever was away meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import ne
from typing import Final

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row, key_of
from rtwidget.store.snapshot import Part, Snapshot

_NOTHING: Final[frozenset[int]] = frozenset()


def difference(before: Snapshot, after: Snapshot) -> Delta:
    """Return what turns one snapshot's rows into the other's; both have the same columns. Parts that are the same cost nothing."""
    # Segments keep their numbers, so equal numbers with equal chunks are equal rows.
    known = {part.segment: part for part in before.parts}
    current = {part.segment: part for part in after.parts}
    # Without columns there are no rows, and no places of the key among them.
    positions = after.schema.key_positions if after.schema.columns else ()
    old = _rows((part for part in before.parts if not _same(part, current)), positions)
    new = _rows((part for part in after.parts if not _same(part, known)), positions)
    delta = Delta(inserted=new.keys() - old.keys(), removed=old.keys() - new.keys())
    # A segment that was packed has other numbers but often the same rows.
    for key in old.keys() & new.keys():
        changed = differing(new[key], old[key])
        if changed:
            delta.updated[key] = changed
    return delta


def differing(row: Row, before: Row, mixed: Sequence[int] | None = None) -> frozenset[int]:
    """Return where two rows differ; to Python, `true` and `1` of a JSON column are equal, and so are `1.5` and `"1.5"`.

    Args:
        row: A row.
        before: Another of the same columns.
        mixed: The columns whose cells may be of several types; None for all.
    """
    places = range(len(row)) if mixed is None else mixed
    types = [place for place in places if type(row[place]) is not type(before[place])]
    if row == before and not types:
        return _NOTHING
    return frozenset(compress(count(), map(ne, row, before))).union(types)


def _same(part: Part, others: dict[int, Part]) -> bool:
    other = others.get(part.segment)
    return other is not None and part.same_as(other)


def _rows(parts: Iterable[Part], positions: tuple[int, ...]) -> dict[Key, Row]:
    rows = (part.chunk.row(offset) for part in parts for offset in part.offsets.tolist())
    return {key_of(row, positions): row for row in rows}
