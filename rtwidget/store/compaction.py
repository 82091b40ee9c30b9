"""When rows of a table are moved: overlays that grew are folded, segments that emptied are packed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from rtwidget.store.cells.kinds import Kinds
from rtwidget.store.chunks.segment import SEGMENT_BITS, Segment, folded
from rtwidget.store.chunks.segment_runs import SegmentRuns


@dataclass(frozen=True, slots=True)
class SegmentSizes:
    """When rows are moved.

    Args:
        segment_rows: Places of one segment: a fold copies so many rows at most, which takes some milliseconds.
        fold_rows: An overlay of so many rows is folded: encoding them takes about 10 ms.
        unfolded_rows: So many rows in all overlays together are worth a fold of the largest, because as Python objects they
            weigh ten times as much.
    """

    segment_rows: int = 1 << SEGMENT_BITS
    fold_rows: int = 8_192
    unfolded_rows: int = 16_384


class Compactor:
    """Folds overlays and packs segments of one table as rows come and go; loop thread only.

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
        # A count that may be too high: a sum over all segments for each row would cost more than the fold.
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
        # Places are few bytes, so they are packed only when half a segment, and enough of a full one, is empty.
        if segment.dead <= max(len(segment.alive) // 2, self._sizes.segment_rows // 8):
            return
        # A snapshot on another thread may fold first, and then this fold changes nothing.
        while segment.unfolded:
            self._fold(segment)
        other = self._runs.compacted(segment, self._kinds.now())
        with self._lock:
            self._runs.replace(segment, other)
            moved(other)

    def _fold(self, segment: Segment) -> None:
        with self._lock:
            capture = segment.capture()
        # Without the lock, which readers would wait for; rows that change meanwhile stay in the overlay.
        (chunk,) = folded([capture], self._kinds.now())
        with self._lock:
            segment.install(capture, chunk)
