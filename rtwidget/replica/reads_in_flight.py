"""What is in flight and what came of it: reads, passes and the changes they made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rtwidget.replica.keys import Key


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
        (rest,) = self.chains
        starts, ends = [rest.after, *bounds], [*bounds, rest.until]
        self.chains = [Chain(*one) for one in zip(starts, ends, areas, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class PageRead:
    """One page of a chain; its rows are stamped with its own start."""

    start: int
    of: Pass
    chain: Chain


@dataclass(slots=True)
class Delta:
    """What a completed read changed, by key.

    Args:
        inserted: Keys of rows that were not there before.
        updated: Keys of rows that differ now, with the positions of the columns that do.
        removed: Keys of rows that are gone.
    """

    inserted: set[Key] = field(default_factory=set)
    updated: dict[Key, frozenset[int]] = field(default_factory=dict)
    removed: set[Key] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.inserted or self.updated or self.removed)

    def merge(self, later: Delta) -> None:
        """Add a later delta, so that the sum says what changed between before the first and after the last.

        A row removed and inserted again counts as updated in every column that may differ: an empty set of positions
        stands for "any of them".
        """
        for key in later.removed:
            self.updated.pop(key, None)
            if key in self.inserted:
                self.inserted.discard(key)
            else:
                self.removed.add(key)
        for key in later.inserted:
            if key in self.removed:
                self.removed.discard(key)
                self.updated[key] = frozenset()
            else:
                self.inserted.add(key)
        for key, positions in later.updated.items():
            if key in self.inserted:
                continue
            before = self.updated.get(key)
            anything = (before is not None and not before) or not positions
            self.updated[key] = frozenset() if anything else (before or frozenset()) | positions
