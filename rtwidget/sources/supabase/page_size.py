"""How many rows to ask for in a page: pure; the sizes and times of earlier answers are arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAGE_BYTES: Final = 2_000_000
"""The size of a page before compression: decoded in about 10 ms, during which no other thread runs."""
PAGE_S: Final = 1.0
"""How long a page may take: servers stop a statement after 3 to 8 s, and progress is to be seen."""
TELLING_ROWS: Final = 500
"""The time of fewer rows is that of their way, and says nothing of how long more would take."""
LEAST_ROWS: Final = 50
"""Fewer rows are no easier to read for a server that cannot read these."""


@dataclass(slots=True)
class PageSize:
    """The most rows to ask for, learned from what came.

    Args:
        rows: That number; None before the first answer.
    """

    rows: int | None = None

    def of(self, limit: int) -> int:
        """Return how many rows to ask for where `limit` are wanted."""
        return limit if self.rows is None else min(limit, self.rows)

    def answered(self, rows: int, size_bytes: int, took_s: float) -> None:
        """Take note of an answer: its rows, its size before compression and how long it took, in seconds."""
        if not rows:
            return
        most = PAGE_BYTES * rows // size_bytes
        if rows >= TELLING_ROWS or took_s > PAGE_S:
            most = min(most, int(PAGE_S * rows / took_s))
        self.rows = max(LEAST_ROWS, most)

    def failed(self, asked: int) -> None:
        """Take note that a page of so many rows did not come: half of them may."""
        self.rows = max(LEAST_ROWS, asked // 2)
