"""Logical time, and the reads that are under way (clause 2 of the rule)."""

from __future__ import annotations

from collections.abc import Iterable

from rtwidget.replica.keys import Key
from rtwidget.replica.reads_in_flight import KeyRead, PageRead, Pass


class UnderWay:
    """Every read begins at a moment of its own; no two of them ask for the same key at once."""

    def __init__(self) -> None:
        self._now = 0
        self._reads: dict[KeyRead | PageRead, None] = {}
        self._reading: set[Key] = set()

    def begin_keys(self, keys: Iterable[Key]) -> KeyRead:
        """Begin a read of keys; at most one read of the same key is in flight (clause 2).

        Raises:
            ValueError: When one of the keys is being read already.
        """
        read = KeyRead(self._tick(), frozenset(keys))
        if read.keys & self._reading:
            raise ValueError("A key of this read is being read already.")
        self._reading |= read.keys
        self._reads[read] = None
        return read

    def begin_page(self, of: Pass, place: int = 0) -> PageRead:
        """Begin the next page of a pass, in the chain at this place."""
        page = PageRead(self._tick(), of, of.chains[place])
        self._reads[page] = None
        return page

    def _tick(self) -> int:
        self._now += 1
        return self._now

    def _end(self, read: KeyRead | PageRead) -> None:
        # A page of an abandoned pass is no longer there.
        self._reads.pop(read, None)
        if isinstance(read, KeyRead):
            self._reading -= read.keys

    def _forget_pages(self) -> None:
        """Forget the pages under way, because their answers will change nothing."""
        self._reads = {read: None for read in self._reads if isinstance(read, KeyRead)}

    def _oldest(self) -> int:
        """Return when the oldest read under way began; without one, a moment to come."""
        return min((read.start for read in self._reads), default=self._now + 1)
