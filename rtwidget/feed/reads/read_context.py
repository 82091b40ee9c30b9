"""What every read of one feed goes through."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from rtwidget.abc import Source
from rtwidget.feed.reads.rate_limiter import ProjectGate
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.state import FeedState
from rtwidget.replica.schedule.page_size import PageSize


@dataclass(frozen=True, slots=True)
class ReadPath:
    """From the state that says what to read to the state that takes the answer; loop thread only.

    Args:
        state: The feed's state.
        source: Where rows are read.
        gate: The project's budget.
        health: Whether reads work.
        row_pages: How many rows come well in one page.
        version_pages: How many keys and versions do.
    """

    state: FeedState
    source: Source
    gate: ProjectGate
    health: ReadHealth
    row_pages: PageSize = field(default_factory=PageSize)
    version_pages: PageSize = field(default_factory=PageSize)

    def place(self, *, paced: bool = False) -> AbstractAsyncContextManager[None]:
        """Return what waits for a place among the project's reads, and says so where that takes too long.

        Args:
            paced: Whether it counts against the sustained rate.
        """
        return self.gate.read(paced=paced, patience=self.health.patience())
