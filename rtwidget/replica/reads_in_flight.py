"""Reads of keys and of pages, the passes that pages belong to, and which of them are in flight (clauses 2 and 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rtwidget.replica.keys import Key


# Reads are told apart by identity: they are the keys of a dict, while their passes and chains change.
@dataclass(frozen=True, slots=True, eq=False)
class KeyRead:
    """A read of named keys.

    Args:
        start: The logical time at which it began.
        keys: The keys that were asked for.
    """

    start: int
    keys: frozenset[Key]


@dataclass(slots=True, eq=False)
class Chain:
    """One range of a pass, `after < key <= until`, read page after page.

    Args:
        after: The last key that the server returned, None before the first page.
        until: The greatest key to read, None for no bound.
        area: Where the store keeps its new rows, -1 for the end.
        ended: Whether an answer came that nothing follows.
        pages: How many pages were looked at for a circle.
        mark: Where one of them ended.
    """

    after: Key | None = None
    until: Key | None = None
    area: int = -1
    ended: bool = False
    pages: int = 0
    mark: Key | None = None

    def goes_round(self, last: Key) -> bool:
        """Whether a page ends where an earlier one did, so that the answers go round in a circle and never end.

        One key is remembered at a time, for twice as many pages as the one before (Brent), so that every circle is
        found, however many pages it has and however late it begins.
        """
        if last == self.mark:
            return True
        self.pages += 1
        # A power of two: the new mark stays for as many pages as were looked at so far.
        if self.pages.bit_count() == 1:
            self.mark = last
        return False

    def interrupted(self) -> None:
        """Forget where pages ended, because one that was not taken will come again."""
        self.pages, self.mark = 0, None

    def go_on(self, last: Key | None) -> None:
        """Continue after the last key of a page, or end with the answer that nothing follows."""
        if last is None:
            self.ended = True
        else:
            self.after = last


@dataclass(slots=True, eq=False)
class Pass:
    """A scan of the whole query, in one chain or in several whose ranges join.

    Args:
        start: The logical time at which it began.
        chains: Its chains in the order of their ranges; one without bounds to begin with.
        rows: How many rows its pages have returned.
        begun: Whether its first page was read and its end is known; what failed later goes on from where it stood.
        compares: Whether its pages hold key and version only (compare passes).
        seen: Keys whose rows are there but must be read again, so they are dirty and not swept.
    """

    start: int
    chains: list[Chain] = field(default_factory=lambda: [Chain()])
    rows: int = 0
    begun: bool = False
    compares: bool = False
    seen: set[Key] = field(default_factory=set)

    @property
    def ended(self) -> bool:
        """Whether every chain has ended."""
        return all(chain.ended for chain in self.chains)

    def interrupted(self) -> None:
        """Take note that pages under way came to nothing."""
        for chain in self.chains:
            chain.interrupted()

    def split(self, bounds: Sequence[Key], areas: Sequence[int]) -> None:
        """Go on in several chains where there is one; no page of it may be under way.

        Whatever the bounds are, the ranges cover what the chain had left: the first `until` that is not below a key has an
        `after` below it. So bounds may be old, equal or out of order, and no key is compared here.

        Args:
            bounds: Where one chain ends and the next begins.
            areas: Where the store keeps new rows of each chain: one more than there are bounds.
        """
        # Unpacked, so that a second split fails instead of losing what the other chains had left.
        (rest,) = self.chains
        starts, ends = [rest.after, *bounds], [*bounds, rest.until]
        self.chains = [Chain(*one) for one in zip(starts, ends, areas, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class PageRead:
    """One page of a chain; its rows are stamped with its own start."""

    start: int
    of: Pass
    chain: Chain


class ReadsInFlight:
    """Logical time, and the reads in flight: each begins at a moment of its own, and no two ask for the same key (clause 2)."""

    def __init__(self) -> None:
        self._now = 0
        self._reads: dict[KeyRead | PageRead, None] = {}
        self._reading: set[Key] = set()

    def begin_keys(self, keys: Iterable[Key]) -> KeyRead:
        """Begin a read of keys; at most one read of the same key is in flight (clause 2b).

        Raises:
            ValueError: When one of the keys is being read already.
        """
        read = KeyRead(self._tick(), frozenset(keys))
        # Looked at before anything is noted, so that a refused read leaves nothing behind.
        if read.keys & self._reading:
            raise ValueError("A key of this read is being read already.")
        self._reading |= read.keys
        self._reads[read] = None
        return read

    def begin_page(self, of: Pass, place: int = 0) -> PageRead:
        """Begin the next page of a pass, in the chain at this place (clause 4d)."""
        # Two pages of one pass may see different states (SPEC.md, A14), so each has a start of its own.
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
        # Reads of keys stay: their keys must not be asked for a second time meanwhile (clauses 2b, 6b).
        self._reads = {read: None for read in self._reads if isinstance(read, KeyRead)}

    def _oldest(self) -> int:
        """Return when the oldest read under way began; without one, a moment to come."""
        # Without a read the moment is later than every removal, so all of them are forgotten (SPEC.md, I5).
        return min((read.start for read in self._reads), default=self._now + 1)
