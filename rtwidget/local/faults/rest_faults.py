"""What may befall REST requests."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from rtwidget.local.faults.interruptible_wait import InterruptibleWait


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that a request gets instead of its own."""

    status: int
    retry_after_s: float | None = None
    code: str | None = None


class RestFaults:
    """The REST server asks it at each request; any thread may set what is wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failure: Failure | None = None
        self._times = 0
        self._most_rows: int | None = None
        self.stalled = InterruptibleWait()

    def fail(self, failure: Failure, times: int) -> None:
        """Answer the next requests with an error."""
        with self._lock:
            self._failure, self._times = failure, times

    def cap(self, rows: int) -> None:
        """Answer with so many rows at most."""
        self._most_rows = rows

    def clear(self) -> None:
        """Answer in full and at once again."""
        with self._lock:
            self._times = 0
        self._most_rows = None
        self.stalled.unblock()

    def take_failure(self) -> Failure | None:
        """Count a request; return how it has to fail, or None where it does not."""
        with self._lock:
            if self._times <= 0:
                return None
            self._times -= 1
            return self._failure

    def capped(self, rows: int) -> int:
        """Return how many rows an answer may hold that could hold so many."""
        # Never more than the server would give anyway.
        return rows if self._most_rows is None else min(rows, self._most_rows)
