"""When rows of a table are moved: overlays that grew are folded, segments that emptied are packed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from rtwidget.store.cells.kinds import Kinds
from rtwidget.store.chunks.segment import Segment, SegmentSizes, folded
from rtwidget.store.chunks.segment_runs import SegmentRuns


class Compactor:
    """Loop thread only.

    Args:
        runs: The segments.
        kinds: The kind of each column.
        lock: The table's; held only to copy an overlay and to put something in.
        sizes: When rows are moved.
    """

    def __init__(
        self, runs: SegmentRuns, kinds: Kinds, lock: threading.Lock, sizes: SegmentSizes
    ) -> None:
        self._runs = runs
        self._kinds = kinds
        self._lock = lock
        self._sizes = sizes
        self._unfolded_rows = 0

    def row_added(self, segment: Segment) -> None:
        """Fold where too many rows are unfolded, now that one more of this segment is."""
        self._unfolded_rows += 1
        if len(segment.overlay) >= self._sizes.fold_rows:
            self._fold(segment)
        elif self._unfolded_rows >= self._sizes.unfolded_rows:
            self._unfolded_rows = self._runs.unfolded_rows
            if self._unfolded_rows >= self._sizes.unfolded_rows:
                self._fold(self._runs.most_unfolded)

    def row_removed(self, segment: Segment, moved: Callable[[Segment], None]) -> None:
        """Pack a segment if it is mostly empty, now that one more of its rows is gone.

        Args:
            segment: The segment.
            moved: Told, under the lock, which segment has its rows now, in their order.
        """
        if segment.dead <= max(len(segment.alive) // 2, self._sizes.segment_rows // 8):
            return
        while segment.unfolded:
            self._fold(segment)
        other = self._runs.compacted(segment, self._kinds.now())
        with self._lock:
            self._runs.replace(segment, other)
            moved(other)

    def _fold(self, segment: Segment) -> None:
        with self._lock:
            capture = segment.capture()
        (chunk,) = folded([capture], self._kinds.now())
        with self._lock:
            segment.install(capture, chunk)
