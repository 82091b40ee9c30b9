"""What changed between two snapshots, for whoever was away meanwhile."""

from __future__ import annotations

from rtwidget.replica.reads import Delta
from rtwidget.store.snapshot import Snapshot


def difference(before: Snapshot, after: Snapshot) -> Delta:
    """Return what turns one snapshot's rows into the other's; both have the same columns."""
    old = dict(zip(before.keys, before.rows, strict=True))
    delta = Delta()
    for key, row in zip(after.keys, after.rows, strict=True):
        known = old.pop(key, None)
        if known is None:
            delta.inserted.add(key)
        elif known != row:
            pairs = enumerate(zip(known, row, strict=True))
            delta.updated[key] = frozenset(place for place, (was, now) in pairs if was != now)
    delta.removed.update(old)
    return delta
