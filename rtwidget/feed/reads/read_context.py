"""What every read of one feed goes through."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from rtwidget.abc import Source
from rtwidget.feed.reads.rate_limiter import RateLimiter
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.state import FeedState
from rtwidget.replica.schedule.page_size import PageSize


@dataclass(frozen=True, slots=True)
class ReadContext:
    """From the state that says what to read to the state that takes the answer; loop thread only.

    Args:
        state: The feed's state.
        source: Where rows are read.
        rate_limiter: How many reads the project allows.
        health: Whether reads work.
        row_pages: How many rows come well in one page.
        version_pages: How many keys and versions do.
    """

    state: FeedState
    source: Source
    rate_limiter: RateLimiter
    health: ReadHealth
    # Learned apart, because a page holds many more keys and versions than whole rows.
    row_pages: PageSize = field(default_factory=PageSize)
    version_pages: PageSize = field(default_factory=PageSize)

    def slot(self, *, paced: bool = False) -> AbstractAsyncContextManager[None]:
        """Return what waits for a slot among the project's reads, and says so where that takes too long.

        Args:
            paced: Whether it counts against the sustained rate.
        """
        return self.rate_limiter.slot(paced=paced, alarm=self.health.overdue_alarm())
