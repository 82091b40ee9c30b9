"""The rows of a view in their order: made whole, or from the order before where few rows changed. Pure; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rtwidget.store.chunks.overlaid_chunk import changed_between
from rtwidget.store.order.ordering import Ordering
from rtwidget.store.snapshot import EMPTY, Slots, Snapshot
from rtwidget.view.query.matching import matching
from rtwidget.view.query.view_query import ViewQuery

_FEW: Final = 8
"""When fewer than an eighth of the rows changed, putting them in their places is cheaper than sorting all."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Which rows a view shows, in which order.

    Args:
        snapshot: The rows as they were when the order was made.
        query: What the view asked for.
        slots: One slot of the snapshot for each row that is shown, in the view's order.
    """

    snapshot: Snapshot
    query: ViewQuery
    slots: Slots


NOTHING: Final = Arrangement(EMPTY, ViewQuery(), EMPTY.slots)
"""What a view shows before it was arranged for the first time."""


def arrange(snapshot: Snapshot, query: ViewQuery, before: Arrangement = NOTHING) -> Arrangement:
    """Return the rows that a view shows, in their order.

    Args:
        snapshot: The rows.
        query: What the view asks for.
        before: An earlier arrangement of the same table, of which as much is used as still holds.
    """
    plain = not query.orders and not query.filters and not query.search
    # All rows as they are kept: nothing to look through, and no array to make.
    if plain:
        return Arrangement(snapshot, query, snapshot.slots)
    changes = None
    if before.query == query and before.snapshot.kinds == snapshot.kinds:
        changes = _changes(before, snapshot)
    if changes is None:
        there = matching(snapshot, query, snapshot.slots)
        return Arrangement(snapshot, query, Ordering(snapshot, query.orders).sorted(there))
    kept, changed = changes
    added = matching(snapshot, query, changed)
    if len(added):
        ordering = Ordering(snapshot, query.orders)
        kept = ordering.merged(kept, ordering.sorted(added))
    return Arrangement(snapshot, query, kept)


def _changes(before: Arrangement, snapshot: Snapshot) -> tuple[Slots, Slots] | None:
    """Return the ordered rows that are as they were, and the others, or None where those are too many.

    Works on all parts at once, because each step on an array waits for the interpreter's lock.
    """
    old = before.snapshot
    known = {part.segment: place for place, part in enumerate(old.parts)}
    shifts = np.zeros(len(old.parts), np.int64)
    stayed = np.zeros(len(old.parts), np.bool_)
    changed, size = [np.empty(0, np.int64)], 0
    # There is one start more than parts: the end of the last one.
    for part, start in zip(snapshot.parts, snapshot.starts.tolist(), strict=False):
        place = known.get(part.segment)
        offsets = None
        if place is not None:
            offsets = changed_between(old.parts[place].chunk, part.chunk)
        # A part that is new, or of which too much changed to tell what, counts as changed whole.
        if place is None or offsets is None:
            offsets = np.arange(part.chunk.rows)
        else:
            # Rows keep their place within a part, but the part may begin elsewhere now.
            shifts[place], stayed[place] = start - old.starts[place], True
        changed.append(offsets + start)
        size += len(offsets)
    if size * _FEW > len(snapshot):
        return None
    sizes = np.diff(old.starts)
    kept = before.slots + np.repeat(shifts, sizes)[before.slots]
    kept = kept[np.repeat(stayed, sizes)[before.slots]]
    others = np.concatenate(changed)
    same = snapshot.alive.copy()
    same[others] = False
    return kept[same[kept]], others[snapshot.alive[others]]
