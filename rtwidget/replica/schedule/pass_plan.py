"""When the next pass or top-N read may or must begin (SPEC.md, "Schedule and budgets").

Pure: the caller's monotonic clock is an argument, in seconds, and nothing here waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.replica import budgets as b


@dataclass(slots=True)
class PassPlan:
    """When the next pass may or must begin (SPEC.md, B7 to B12).

    Args:
        verify_every_s: The user's interval between scheduled passes, or None for the budgeted one.
        top: Whether the passes are top-N reads, which notifications want.
        last_began: When the last completed pass began.
        last_s: How long it took.
        last_bytes: What it cost on the wire.
        whole_bytes: What the last pass of whole rows cost on the wire.
        compared: How many compare passes there were since then.
        tried_at: When the last read of a pass began, answered or not.
        asked: Whether the user asked for a pass now, whatever it costs.
        not_before: Until when passes wait, because the last ones were in vain.
    """

    verify_every_s: float | None = None
    top: bool = False
    last_began: float | None = None
    last_s: float = 0.0
    last_bytes: int = 0
    whole_bytes: int = 0
    compared: int = 0
    tried_at: float | None = None
    asked: bool = False
    not_before: float = 0.0
    _asked_at: float = 0.0
    _vain: int = 0
    _after_live: list[float] = field(default_factory=list)
    _after_burst: list[float] = field(default_factory=list)
    _burst_at: float | None = None

    def went_live(self, now: float) -> None:
        """Schedule the passes that a cold server makes necessary."""
        cheap = self.last_bytes < b.PASS_EARLY_BYTES
        after_s = b.PASSES_AFTER_LIVE_S if cheap else b.PASSES_AFTER_LIVE_S[-1:]
        self._after_live = [now + wait_s for wait_s in after_s]

    def went_silent(self) -> None:
        """Forget the passes that belonged to the connection that ended."""
        self._after_live = []

    def burst(self, now: float) -> None:
        """Schedule passes for the silence that follows a burst of notifications (SPEC.md, A7).

        The early one comes once for each burst, however long it lasts; the late one counts from its end.
        """
        early_s, late_s = b.PASSES_AFTER_BURST_S
        lasts = self._burst_at is not None and now - self._burst_at < late_s
        early = self._after_burst[:-1] if lasts else [now + early_s]
        cheap = self.last_bytes < b.PASS_EARLY_BYTES
        self._after_burst = [*(early if cheap else []), now + late_s]
        self._burst_at = now

    def ask(self, now: float) -> None:
        """Take note that the user wants a pass now."""
        self.asked, self._asked_at = True, now

    def began(self, now: float) -> None:
        """Take note that a read of a pass began."""
        self.tried_at = now
        self.asked = False

    def gave_up(self, now: float) -> None:
        """Take note that a pass was in vain: the next follows at once, those after it wait longer and longer (SPEC.md, B12)."""
        self._vain += 1
        wait_s = b.VAIN_BASE_S * 2.0 ** min(self._vain, 32) if self._vain > 1 else 0.0
        self.not_before = now + min(b.RECONNECT_CAP_S, wait_s)

    def compares_next(self) -> bool:
        """Return whether the next pass of a table with a version column reads versions only (SPEC.md, B20)."""
        # By the cost of whole rows: a compare pass is cheap, and judged by its own cost it would have no successor.
        big = self.whole_bytes >= b.PASS_EARLY_BYTES
        return big and self.compared < b.WHOLE_PASS_EVERY - 1

    def completed(
        self, began: float, ended: float, wire_bytes: int, *, compared: bool = False
    ) -> None:
        """Take note of a completed pass; it also serves every scheduled one that was due when it began."""
        self._vain, self.not_before = 0, 0.0
        # Reads of this pass that came after the question are no answer to it.
        self.asked = self._asked_at > began
        self.compared = self.compared + 1 if compared else 0
        self.whole_bytes = self.whole_bytes if compared else wire_bytes
        self.last_began = began
        self.last_s = ended - began
        self.last_bytes = wire_bytes
        # An expensive pass is made once, at the last of these times (SPEC.md, B9).
        left = [at for at in self._after_live if at > began]
        self._after_live = left if wire_bytes < b.PASS_EARLY_BYTES else left[-1:]
        self._after_burst = [at for at in self._after_burst if at > began]

    def interval_s(self, *, polling: bool) -> float:
        """Return the time between the starts of scheduled passes, in seconds."""
        # Before the user's own interval, because without a stream passes are the only way to see changes.
        if polling:
            return max(b.POLL_INTERVAL_S, b.POLL_FACTOR * self.last_s)
        if self.verify_every_s is not None:
            return self.verify_every_s
        by_bytes_s = self.last_bytes / b.PASS_BYTES_PER_S
        return max(b.PASS_INTERVAL_S, by_bytes_s, self.last_s / b.PASS_TIME_SHARE)

    def wanted_at(self, now: float, *, attended: bool = True) -> float:
        """Return when a wanted pass may begin: throttled by the cost of the last one, never debounced.

        Args:
            now: The time.
            attended: Whether somebody looks at the rows or waits for them.
        """
        if self.asked:
            return now if not self.top or self.tried_at is None else self.tried_at + b.TOP_GAP_S
        # Without a completed pass there is no cost to go by, and somebody waits for the first rows.
        if self.tried_at is None or (self.last_began is None and not self.top):
            return max(now, self.not_before)
        if self.top and attended:
            gap_s = max(b.TOP_GAP_S, b.TOP_GAP_FACTOR * self.last_s)
            return max(self.not_before, self.tried_at + gap_s)
        factor = b.TOP_GAP_FACTOR if self.top else b.PASS_GAP_FACTOR
        began = self.tried_at if self.top or self.last_began is None else self.last_began
        return max(self.not_before, began + max(b.PASS_GAP_S, factor * self.last_s))

    def scheduled_at(self, *, polling: bool) -> float | None:
        """Return when the next scheduled pass begins, or None before the first completed one."""
        if self.last_began is None:
            return None
        early = [*self._after_live[:1], *self._after_burst[:1]]
        due_at = min([self.last_began + self.interval_s(polling=polling), *early])
        least_at = self.tried_at + b.TOP_GAP_S if self.top and self.tried_at is not None else 0.0
        return max(self.not_before, due_at, least_at)
