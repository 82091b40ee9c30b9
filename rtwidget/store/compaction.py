"""When rows of a table are moved: overlays that grew are folded, segments that emptied are packed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from rtwidget.store.cells.kinds import Kinds
from rtwidget.store.chunks.segment import Segment, Sizes, folded
from rtwidget.store.chunks.segment_runs import Areas


class Upkeep:
    """Loop thread only.

    Args:
        areas: The segments.
        kinds: The kind of each column.
        lock: The table's; held only to copy an overlay and to put something in.
        sizes: When rows are moved.
    """

    def __init__(self, areas: Areas, kinds: Kinds, lock: threading.Lock, sizes: Sizes) -> None:
        self._areas = areas
        self._kinds = kinds
        self._lock = lock
        self._sizes = sizes
        self._loose_rows = 0

    def grown(self, segment: Segment) -> None:
        """Fold where too many rows are loose, now that one more of this segment is."""
        self._loose_rows += 1
        if len(segment.overlay) >= self._sizes.fold_rows:
            self._fold(segment)
        elif self._loose_rows >= self._sizes.loose_rows:
            self._loose_rows = self._areas.loose_rows
            if self._loose_rows >= self._sizes.loose_rows:
                self._fold(self._areas.loosest)

    def emptied(self, segment: Segment, moved: Callable[[Segment], None]) -> None:
        """Pack a segment if it is mostly empty, now that one more of its rows is gone.

        Args:
            segment: The segment.
            moved: Told, under the lock, which segment has its rows now, in their order.
        """
        if segment.dead <= max(len(segment.alive) // 2, self._sizes.segment_rows // 8):
            return
        while segment.loose:
            self._fold(segment)
        other = self._areas.compacted(segment, self._kinds.now())
        with self._lock:
            self._areas.replace(segment, other)
            moved(other)

    def _fold(self, segment: Segment) -> None:
        with self._lock:
            capture = segment.capture()
        (chunk,) = folded([capture], self._kinds.now())
        with self._lock:
            segment.install(capture, chunk)
