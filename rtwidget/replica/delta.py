"""What reads changed, by key; later changes are merged into earlier ones."""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.replica.keys import Key


@dataclass(slots=True)
class Delta:
    """What a completed read changed, by key (clause 3h); a key is in one of the three at most.

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
            # It came and went within the sum, so nobody has to hear of it.
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
            # Followers read a new row whole, so it does not matter which of its columns changed since.
            if key in self.inserted:
                continue
            before = self.updated.get(key)
            # An empty set stands for every column, so a union with it would say less.
            anything = (before is not None and not before) or not positions
            self.updated[key] = frozenset() if anything else (before or frozenset()) | positions
