"""A token bucket: how many reads a project may still have, by a sustained rate and a burst."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica import budgets as b


@dataclass(slots=True)
class TokenBucket:
    """How many reads a project may still have now (SPEC.md, B5).

    Args:
        per_s: Reads a second, sustained.
        burst: Reads that may go out at once after a quiet time.
    """

    per_s: float = b.PROJECT_READS_PER_S
    burst: float = b.PROJECT_READS_BURST
    _tokens: float | None = None
    _at: float = 0.0

    def take(self, now: float) -> float:
        """Take one token, and return for how many seconds the caller must wait before it uses it."""
        left = self.burst if self._tokens is None else self._tokens
        # It may fall below zero: whoever has to wait holds a place already, so nobody who comes later overtakes.
        tokens = min(self.burst, left + (now - self._at) * self.per_s) - 1.0
        self._tokens, self._at = tokens, now
        return max(0.0, -tokens / self.per_s)
