"""When to probe, and what a probe proves (SPEC.md, "Schedule and budgets"). Pure: clocks are arguments, in seconds.

A probe is answered at some moment between its start and its end, while rows come and go and their notifications are on the
way. So it is compared with all that the rows were from its start until a little after its end: a count that they never had,
or a version that its row never had, is a difference, however busy the table is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.replica import budgets as b
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Cell, Key


@dataclass(slots=True)
class ProbeWindow:
    """What the rows were while a probe was under way and until it was judged.

    Args:
        fewest: The smallest number of rows.
        most: The greatest.
        touched: Rows that were inserted, changed or removed.
    """

    fewest: int
    most: int
    touched: set[Key] = field(default_factory=set)

    def note(self, rows: int, delta: Delta) -> None:
        """Take note of a change, after which there are so many rows."""
        self.fewest, self.most = min(self.fewest, rows), max(self.most, rows)
        self.touched |= delta.inserted | delta.updated.keys() | delta.removed

    def explains_count(self, rows: int | None) -> bool:
        """Return whether there was a moment with so many rows; None was not counted."""
        return rows is None or self.fewest <= rows <= self.most

    def explains_version(self, key: Key, held: Cell, seen: Cell) -> bool:
        """Return whether a row may have had a version.

        Args:
            key: The row.
            held: The version that is held now; None without such a row.
            seen: The version that the probe saw.
        """
        return held == seen or key in self.touched


@dataclass(slots=True)
class ProbePlan:
    """When the next probe begins (SPEC.md, B14).

    Args:
        next_at: When the next probe begins.
        vain: How often in a row a difference led to a pass that found nothing.
    """

    next_at: float
    vain: int = 0

    def ended(self, began: float, now: float) -> None:
        """Take note of a probe that was answered, or failed."""
        took_s = now - began
        slow_s = b.PROBE_SLOW_FACTOR * took_s if took_s > b.PROBE_SLOW_S else 0.0
        self.next_at = now + max(b.PROBE_INTERVAL_S, slow_s)

    def agreed(self) -> None:
        """Take note that a probe saw nothing else than the rows."""
        self.vain = 0

    def differed(self, now: float, *, repaired: bool) -> None:
        """Take note of a difference, which wants a pass; each that follows one in vain waits twice as long for the next.

        Args:
            now: The time.
            repaired: Whether passes have found anything since the difference before.
        """
        self.vain = 0 if repaired else self.vain + 1
        wait_s = min(b.PROBE_VAIN_S, b.PROBE_INTERVAL_S * 2.0 ** min(self.vain, 16))
        self.next_at = max(self.next_at, now + wait_s)
