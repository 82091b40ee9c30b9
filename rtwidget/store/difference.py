"""What changed between two snapshots, for whoever was away meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from rtwidget.replica.keys import Key, Row, key_of
from rtwidget.replica.reads import Delta
from rtwidget.store.snapshot import Part, Snapshot


def difference(before: Snapshot, after: Snapshot) -> Delta:
    """Return what turns one snapshot's rows into the other's; both have the same columns. Parts that are the same cost nothing."""
    known = {part.segment: part for part in before.parts}
    current = {part.segment: part for part in after.parts}
    # Without columns there are no rows, and no places of the key among them.
    positions = after.schema.key_positions if after.schema.columns else ()
    old = _rows((part for part in before.parts if not _same(part, current)), positions)
    new = _rows((part for part in after.parts if not _same(part, known)), positions)
    delta = Delta(inserted=new.keys() - old.keys(), removed=old.keys() - new.keys())
    for key in old.keys() & new.keys():
        pairs = enumerate(zip(old[key], new[key], strict=True))
        changed = frozenset(place for place, (was, now) in pairs if was != now)
        if changed:
            delta.updated[key] = changed
    return delta


def _same(part: Part, others: dict[int, Part]) -> bool:
    other = others.get(part.segment)
    return other is not None and part.same_as(other)


def _rows(parts: Iterable[Part], positions: tuple[int, ...]) -> dict[Key, Row]:
    rows = (part.chunk.row(offset) for part in parts for offset in part.offsets.tolist())
    return {key_of(row, positions): row for row in rows}
