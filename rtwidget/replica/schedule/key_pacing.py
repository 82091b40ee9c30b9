"""When dirty keys are read, and how many at once (SPEC.md, "Schedule and budgets").

Pure: the caller's monotonic clock is an argument, in seconds, and nothing here waits.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from rtwidget.replica import budgets as b
from rtwidget.replica.schedule.page_size import PageSize


@dataclass(slots=True)
class KeyPacing:
    """When the next read of dirty keys may begin, and how many keys it may name (SPEC.md, B1 to B4).

    Args:
        first_at: When the oldest waiting notification came, or None when nothing waits.
        not_before: When the gap after the last read ends.
        size: How many rows come well in one read.
        began_at: When the last read began, or None before the first.
    """

    first_at: float | None = None
    not_before: float = 0.0
    size: PageSize = field(default_factory=PageSize)
    began_at: float | None = None
    _answers: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=b.FOREIGN_READS))

    @property
    def batch_rows(self) -> int:
        """How many keys the next read may name."""
        return self.size.of(b.KEY_READ_ROWS)

    def notified(self, now: float) -> None:
        """Take note that a key became dirty."""
        # Only the first one counts: if each moved the time, a busy table would never be read.
        if self.first_at is None:
            self.first_at = now

    def answered(self, asked_rows: int, found_rows: int, size_bytes: int, took_s: float) -> None:
        """Take note of how many of the asked rows a read found, how large they are in bytes, and how long they took in seconds."""
        self._answers.append((asked_rows, found_rows))
        self.size.answered(asked_rows, found_rows, size_bytes, took_s)

    def foreign(self) -> bool:
        """Return whether it is somebody else's rows that are busy: notifications name all, reads find few."""
        asked_rows = sum(asked for asked, _ in self._answers)
        found_rows = sum(found for _, found in self._answers)
        # A few answers prove nothing, because rows that were deleted are not found either.
        full = len(self._answers) == b.FOREIGN_READS
        return full and found_rows < b.FOREIGN_SHARE * asked_rows

    def due_at(self, *, attended: bool = True) -> float | None:
        """Return when the next read may begin, or None when nothing waits.

        Args:
            attended: Whether somebody looks at the rows or waits for them.
        """
        if self.first_at is None:
            return None
        waited_at = self.first_at + b.KEY_READ_DELAY_S
        return max(waited_at, self.not_before, self._gap_ends_at(attended=attended))

    def alone_at(self, retry_at: float | None, *, attended: bool = True) -> float | None:
        """Return when a row that is to be tried again alone may be read, or None when there is none.

        Args:
            retry_at: When the first of them is to be tried again.
            attended: Whether somebody looks at the rows or waits for them.
        """
        return None if retry_at is None else max(retry_at, self._gap_ends_at(attended=attended))

    def _gap_ends_at(self, *, attended: bool) -> float:
        if self.began_at is None:
            return self.not_before
        busy = attended and not self.foreign()
        return self.began_at + (b.KEY_READ_GAP_S if busy else b.KEY_READ_CALM_GAP_S)

    def began(self, now: float, *, more: bool) -> None:
        """Take note that a read began.

        Args:
            now: The time.
            more: Whether dirty keys remain that it does not name.
        """
        self.first_at = now if more else None
        self.began_at = now

    def began_alone(self, now: float) -> None:
        """Take note that a row is read alone: to the server it is one more read of keys."""
        self.began_at = now

    def failed(self, now: float, asked_rows: int) -> None:
        """Take note that a read of so many keys failed: fewer may come."""
        self.size.failed(asked_rows)
        # The rule offers the keys of a failed read again at once (clause 5b); this is what makes them wait.
        self.not_before = max(self.not_before, now + b.KEY_READ_GAP_S)

    def ended(self, now: float, began: float, *, waiting: bool) -> None:
        """Take note that a read ended, well or not, and whether dirty keys wait."""
        took_s = now - began
        self.not_before = max(self.not_before, began + b.KEY_READ_GAP_FACTOR * took_s)
        if waiting:
            self.notified(now)
