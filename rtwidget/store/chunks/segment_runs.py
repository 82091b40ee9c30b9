"""The segments of one table in the order of its rows: a few runs, one behind the other, each growing at its own end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Final

from rtwidget.replica.keys import Row
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.chunks.segment import SEGMENT_BITS, Segment

OFFSET: Final = (1 << SEGMENT_BITS) - 1
"""The bits of a place that are the offset in its segment; those above are the segment's number."""


class SegmentRuns:
    """All segments of one table; written by the loop thread, under the lock of the table.

    Args:
        segment_rows: Places of one segment, at most `OFFSET + 1`.
    """

    def __init__(self, segment_rows: int) -> None:
        self._segment_rows = segment_rows
        self._numbers = count()
        self._runs: list[list[Segment]] = [[]]
        self._segments: dict[int, Segment] = {}

    def __iter__(self) -> Iterator[Segment]:
        for run in self._runs:
            yield from run

    def segment(self, place: int) -> Segment:
        """Return the segment of a place."""
        return self._segments[place >> SEGMENT_BITS]

    def open(self, wanted: int) -> list[int]:
        """Open runs behind those that there are; return their numbers."""
        self._runs += [[] for _ in range(wanted)]
        return list(range(len(self._runs) - wanted, len(self._runs)))

    def add(self, row: Row, stamp: int, run: int, kinds: Callable[[], Sequence[Kind]]) -> int:
        """Keep a new row at the end of a run, and return its place.

        Args:
            row: The row.
            stamp: When the read that produced it began, in logical time.
            run: The number of the run.
            kinds: Tells the kind of each column, when a segment is begun.
        """
        segments = self._runs[run]
        if not segments or len(segments[-1].alive) >= self._segment_rows:
            segment = Segment(next(self._numbers), kinds())
            segments.append(segment)
            self._segments[segment.number] = segment
        segment = segments[-1]
        return segment.number << SEGMENT_BITS | segment.add(row, stamp)

    def compacted(self, segment: Segment, kinds: Sequence[Kind]) -> Segment:
        """Return a segment of the rows of another one that are there, to replace it."""
        return segment.compacted(next(self._numbers), kinds)

    def replace(self, segment: Segment, other: Segment) -> None:
        """Put a segment where another one was."""
        run = next(run for run in self._runs if segment in run)
        # In the same place, so that rows keep their order.
        run[run.index(segment)] = other
        del self._segments[segment.number]
        self._segments[other.number] = other

    def drop(self, segment: Segment) -> None:
        """Forget a segment without rows."""
        next(run for run in self._runs if segment in run).remove(segment)
        del self._segments[segment.number]

    @property
    def unfolded_rows(self) -> int:
        """How many rows no chunk holds as they are."""
        return sum(len(segment.overlay) for segment in self)

    @property
    def most_unfolded(self) -> Segment:
        """The segment with the most of them."""
        return max(self, key=lambda segment: len(segment.overlay))
