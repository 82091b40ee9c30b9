"""How many reads a project may still have: a sustained rate and a burst."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica import budgets as b


@dataclass(slots=True)
class TokenBucket:
    """How many reads a project may still have now: sustained rate and burst."""

    per_s: float = b.PROJECT_READS_PER_S
    burst: float = b.PROJECT_READS_BURST
    tokens: float = b.PROJECT_READS_BURST
    at: float | None = None

    def take(self, now: float) -> float:
        """Take one token, and return for how many seconds the caller must wait before it uses it."""
        if self.at is not None:
            self.tokens = min(self.burst, self.tokens + (now - self.at) * self.per_s)
        self.at = now
        self.tokens -= 1.0
        return max(0.0, -self.tokens / self.per_s)
