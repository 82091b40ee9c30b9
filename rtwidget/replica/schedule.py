"""Which read comes next: pacing of key reads, passes and top-N reads (design section 3).

Pure: the caller's monotonic clock is an argument, in seconds, and nothing here waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.replica import budgets as b


@dataclass(slots=True)
class KeyPacing:
    """When the next read of dirty keys may begin, and how many keys it may name.

    Args:
        first_at: When the oldest waiting notification came, or None when nothing waits.
        not_before: When the gap after the last read ends.
        batch_rows: How many keys the next read may name; halved by a failure, doubled by a success.
        usual_s: The smoothed duration of a read.
    """

    first_at: float | None = None
    not_before: float = 0.0
    batch_rows: int = b.KEY_READ_ROWS
    usual_s: float = 0.0

    def notified(self, now: float) -> None:
        """Take note that a key became dirty."""
        if self.first_at is None:
            self.first_at = now

    def due_at(self) -> float | None:
        """Return when the next read may begin, or None when nothing waits."""
        if self.first_at is None:
            return None
        return max(self.first_at + b.KEY_READ_DELAY_S, self.not_before)

    def began(self, now: float, *, more: bool) -> None:
        """Take note that a read began.

        Args:
            now: The time.
            more: Whether dirty keys remain that it does not name.
        """
        self.first_at = now if more else None
        self.not_before = now + b.KEY_READ_GAP_S

    def ended(self, now: float, began: float, *, failed: bool, waiting: bool) -> None:
        """Take note that a read ended, well or not, and whether dirty keys wait."""
        took_s = now - began
        self.not_before = max(self.not_before, began + b.KEY_READ_GAP_FACTOR * took_s)
        if failed:
            self.batch_rows = max(1, self.batch_rows // 2)
            self.not_before = max(self.not_before, now + b.KEY_READ_GAP_S)
        else:
            self.batch_rows = min(b.KEY_READ_ROWS, self.batch_rows * 2)
            self.usual_s = took_s if not self.usual_s else 0.8 * self.usual_s + 0.2 * took_s
        if waiting:
            self.notified(now)


@dataclass(slots=True)
class PassPlan:
    """When the next pass may or must begin.

    Args:
        verify_every_s: The user's interval between scheduled passes, or None for the budgeted one.
        top: Whether the passes are top-N reads, which notifications want.
        last_began: When the last completed pass began.
        last_s: How long it took.
        last_bytes: What it cost on the wire.
    """

    verify_every_s: float | None = None
    top: bool = False
    last_began: float | None = None
    last_s: float = 0.0
    last_bytes: int = 0
    _after_live: list[float] = field(default_factory=list)

    def went_live(self, now: float) -> None:
        """Schedule the passes that a cold server makes necessary."""
        cheap = self.last_bytes < b.PASS_EARLY_BYTES
        after_s = b.PASSES_AFTER_LIVE_S if cheap else b.PASSES_AFTER_LIVE_S[-1:]
        self._after_live = [now + wait_s for wait_s in after_s]

    def went_silent(self) -> None:
        """Forget the passes that belonged to the connection that ended."""
        self._after_live = []

    def completed(self, began: float, ended: float, wire_bytes: int) -> None:
        """Take note of a completed pass; it also serves every scheduled one that was due when it began."""
        self.last_began = began
        self.last_s = ended - began
        self.last_bytes = wire_bytes
        self._after_live = [at for at in self._after_live if at > began]

    def interval_s(self, *, polling: bool) -> float:
        """Return the time between the starts of scheduled passes, in seconds."""
        if polling:
            return max(b.POLL_INTERVAL_S, b.POLL_FACTOR * self.last_s)
        if self.verify_every_s is not None:
            return self.verify_every_s
        by_bytes_s = self.last_bytes / b.PASS_BYTES_PER_S
        return max(b.PASS_INTERVAL_S, by_bytes_s, self.last_s / b.PASS_TIME_SHARE)

    def wanted_at(self, now: float) -> float:
        """Return when a wanted pass may begin: throttled by the cost of the last one, never debounced."""
        if self.last_began is None:
            return now
        if self.top:
            return self.last_began + max(b.TOP_GAP_S, b.TOP_GAP_FACTOR * self.last_s)
        return self.last_began + b.PASS_GAP_FACTOR * self.last_s

    def scheduled_at(self, *, polling: bool) -> float | None:
        """Return when the next scheduled pass begins, or None before the first completed one."""
        if self.last_began is None:
            return None
        return min([self.last_began + self.interval_s(polling=polling), *self._after_live[:1]])
