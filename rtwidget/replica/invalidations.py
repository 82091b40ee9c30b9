"""What is known to need a read: dirty keys, and whether a pass is wanted (clause 1 of the rule, and 2c)."""

from __future__ import annotations

from collections.abc import Container, Iterable

from rtwidget.replica.keys import Key, first_batch
from rtwidget.replica.reads_in_flight import ReadsInFlight


class Invalidations(ReadsInFlight):
    """What notifications and gaps leave to reads; nothing here changes a row.

    Attributes:
        dirty: When the latest notification of each key came, in the order in which they became dirty.
        want: When a pass was last asked for; None when none is wanted.
        want_reason: Why.
    """

    def __init__(self) -> None:
        super().__init__()
        self.dirty: dict[Key, int] = {}
        # Nothing was ever read, so a pass is wanted from the beginning on.
        self.want: int | None = 0
        self.want_reason = "first"

    def invalidate(self, keys: Iterable[Key]) -> None:
        """Mark keys dirty: something happened to them (clauses 1a, 1b)."""
        now = self._tick()
        # A key that is dirty already keeps its place in the order, so none is put off for ever.
        for key in keys:
            self.dirty[key] = now

    def invalidate_all(self, reason: str) -> None:
        """Want a pass that begins after this moment (clause 1c)."""
        # Moved on if a pass is wanted already: only one that begins after the latest gap closes it.
        self.want = self._tick()
        self.want_reason = reason

    def overflow(self, reason: str) -> None:
        """Want a pass instead of reading each dirty key; it covers them all (clause 1e)."""
        self.invalidate_all(reason)
        # No key is lost, because the pass begins later than all of their notifications.
        self.dirty.clear()

    def dirty_keys(
        self, most_rows: int, most_bytes: int, without: Container[Key] = ()
    ) -> list[Key]:
        """Return dirty keys that no read in flight covers, the longest dirty first, for one request (clause 2c)."""
        # Lazy, because a request names a few of what may be thousands of dirty keys.
        free = (key for key in self.dirty if key not in self._reading and key not in without)
        return first_batch(free, most_rows, most_bytes)

    def _clean(self, keys: Iterable[Key], start: int) -> None:
        """Let keys leave `dirty` that a read covered, unless their notification came after its start (clauses 3g, 4f)."""
        for key in keys:
            # A notification later than the start may tell of a change that the read did not see, so its key stays.
            if self.dirty.get(key, start + 1) <= start:
                del self.dirty[key]
