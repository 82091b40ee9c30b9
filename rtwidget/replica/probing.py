"""When to probe, and what a probe proves (design section 3). Pure: clocks are arguments, in seconds."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica import budgets as b


@dataclass(slots=True)
class ProbePlan:
    """When the next probe begins.

    Args:
        next_at: When the next probe begins.
        differs_since: Since when the database has differed from the rows although nothing was announced, or None.
        untouched: What grew with every notification and change when the difference was first seen.
    """

    next_at: float
    differs_since: float | None = None
    untouched: object = None

    def ended(self, began: float, now: float, *, differs: bool, untouched: object = None) -> bool:
        """Take the result of a probe.

        Args:
            began: When it began.
            now: When it ended.
            differs: Whether it saw another table than the rows, with no dirty key, no wanted and no running pass.
            untouched: Grows with every notification and change; a difference lasts only while it stays the same.

        Returns:
            Whether the difference has lasted so long that notifications must be lost.
        """
        took_s = now - began
        slow_s = b.PROBE_SLOW_FACTOR * took_s if took_s > b.PROBE_SLOW_S else 0.0
        self.next_at = now + max(b.PROBE_INTERVAL_S, slow_s)
        if not differs:
            self.differs_since = None
            return False
        if self.differs_since is None or untouched != self.untouched:
            self.differs_since, self.untouched = began, untouched
        if now - self.differs_since < b.PROBE_CONFIRM_S:
            self.next_at = now + max(b.PROBE_CONFIRM_S, slow_s)
            return False
        self.differs_since = None
        return True
