"""What a feed tells of its situation: a status made of its lifecycle, failures and rows, told to every listener. Loop thread only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rtwidget.errors import RtwidgetError
from rtwidget.feed.feed_listener import FeedListener
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.status import Status, utc
from rtwidget.replica.schedule.oversized_rows import OversizedRows
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.states.lifecycle import Event, Lifecycle, Reads
from rtwidget.replica.states.table_state import Problem, State
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import EMPTY


@dataclass(eq=False)
class ReportedStatus:
    """The situation of one feed and who is told of it.

    Args:
        wall: The wall clock, in Unix seconds.
        plan: When passes begin; the interval between them is part of the status.
        oversized: The rows that are too large to be read; while there are any, the table is offline.
        lifecycle: Where stream, reads and data stand.
        listeners: Who is told, in the order in which they came.
        verified_at: When the last completed pass began, in Unix seconds; None before the first, and after a reset.
        lag_ms: From the last commit that was read by key to its arrival here, in milliseconds.
        expected_rows: About how many rows the table has, by the last page that told.
        stream_failure: Why nothing is announced now.
        reads_failure: Why reads do not work now.
        failure: What only the user can mend.
    """

    wall: Callable[[], float]
    plan: PassPlan
    oversized: OversizedRows = field(default_factory=OversizedRows)
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    listeners: list[FeedListener] = field(default_factory=list)
    verified_at: float | None = None
    lag_ms: float | None = None
    expected_rows: int | None = None
    stream_failure: RetryableFailure | None = None
    reads_failure: RetryableFailure | None = None
    failure: RtwidgetError | None = None

    def __post_init__(self) -> None:
        self.rows = KeyedRows(EMPTY.schema)
        self.since = self.wall()

    @property
    def attended(self) -> bool:
        """Whether somebody looks at the rows or waits for them now."""
        return any(listener.attended for listener in self.listeners)

    @property
    def current_failure(self) -> RetryableFailure | None:
        """The failure that matters most to the user, or None."""
        if self.failure is not None:
            return RetryableFailure(self.failure, 0)
        # Reads come first: while they fail, an announcement could not be followed anyway.
        return self.reads_failure or self._oversized_failure or self.stream_failure

    @property
    def _oversized_failure(self) -> RetryableFailure | None:
        if (error := self.oversized.error) is None:
            return None
        now, retry_at = asyncio.get_running_loop().time(), self.oversized.next_at() or 0.0
        return RetryableFailure(error, 1, self.wall() + max(0.0, retry_at - now))

    @property
    def status(self) -> Status:
        """The situation as users see it."""
        state, failure = self.lifecycle.state, self.current_failure
        return Status(
            state=state,
            since=datetime.fromtimestamp(self.since, UTC),
            rows=len(self.rows),
            verified_at=utc(self.verified_at),
            lag_ms=self.lag_ms,
            attempt=failure.attempt if failure else 0,
            retry_at=utc(failure.retry_at) if failure else None,
            error=Problem(failure.error.message, failure.error.hint) if failure else None,
            expected_rows=self.expected_rows if self.verified_at is None else None,
            interval_s=self.plan.interval_s(polling=state is State.POLLING),
        )

    def apply(self, event: Event) -> None:
        """Move the situation on, and tell it."""
        before = self.lifecycle.state
        self.lifecycle = self.lifecycle.after(event)
        if self.oversized and self.lifecycle.reads is Reads.WORKING:
            # The other rows are read, but with these the answer is not whole.
            self.lifecycle = self.lifecycle.after(Event.READS_FAILED)
        if self.lifecycle.state is not before:
            self.since = self.wall()
        self.tell()

    def tell(self) -> None:
        """Tell every listener the situation as it stands."""
        status, failure = self.status, self.current_failure
        # A copy, because whoever is told may leave the feed at once.
        for listener in tuple(self.listeners):
            listener.told(status, failure.error if failure else None)
