"""What a feed knows and tells: the replica, the rows, the situation, and who wants to hear of it. No I/O; loop thread only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rtwidget.errors import RtwidgetError
from rtwidget.feed.feed_listener import FeedListener
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.runtime.retry import Retry
from rtwidget.feed.stats import Stats
from rtwidget.feed.status import Status, utc
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from rtwidget.replica.rules import Replica
from rtwidget.replica.schedule.key_pacing import KeyPacing
from rtwidget.replica.schedule.oversized_rows import OversizedRows
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schedule.probe_plan import ProbeWindow
from rtwidget.replica.schema import Schema
from rtwidget.replica.states.lifecycle import Event, Lifecycle, Reads
from rtwidget.replica.states.table_state import Problem, State
from rtwidget.replica.stream.loss_detector import LossDetector
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import EMPTY, Snapshot


@dataclass(eq=False)
class FeedState:
    """The state of one feed.

    Args:
        wall: The wall clock, in Unix seconds.
        plan: When passes begin.
    """

    wall: Callable[[], float]
    plan: PassPlan
    pacing: KeyPacing = field(default_factory=KeyPacing)
    oversized: OversizedRows = field(default_factory=OversizedRows)
    loss_detector: LossDetector = field(default_factory=LossDetector)
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    listeners: list[FeedListener] = field(default_factory=list)
    wake_keys: asyncio.Event = field(default_factory=asyncio.Event)
    wake_passes: asyncio.Event = field(default_factory=asyncio.Event)
    wake_loss_watch: asyncio.Event = field(default_factory=asyncio.Event)
    retry: Retry = field(default_factory=Retry)
    ask_identities: Retry = field(default_factory=Retry)
    described: bool = False
    keys_trusted: bool = True
    seen_columns: tuple[str, ...] = ()
    version_column: str | None = None
    oldest_commit_at: float | None = None
    verified_at: float | None = None
    lag_ms: float | None = None
    expected_rows: int | None = None
    stream_failure: RetryableFailure | None = None
    reads_failure: RetryableFailure | None = None
    failure: RtwidgetError | None = None

    def __post_init__(self) -> None:
        self.rows = KeyedRows(EMPTY.schema)
        self.replica = Replica(self.rows)
        self.stats = Stats()
        self.revision = 0
        self.window: ProbeWindow | None = None
        self.since = self.wall()
        self._snapshot = EMPTY

    @property
    def version_position(self) -> int | None:
        """Where the version column stands in a row, or None without one."""
        names = self.rows.schema.names
        return names.index(self.version_column) if self.version_column in names else None

    @property
    def attended(self) -> bool:
        """Whether somebody looks at the rows or waits for them now."""
        return any(listener.attended for listener in self.listeners)

    @property
    def current_failure(self) -> RetryableFailure | None:
        """The failure that matters most to the user, or None."""
        if self.failure is not None:
            return RetryableFailure(self.failure, 0)
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
        for listener in tuple(self.listeners):
            listener.told(status, failure.error if failure else None)

    def publish(self, delta: Delta) -> None:
        """Publish what a read changed."""
        if not delta:
            return
        self.revision += 1
        if self.window is not None:
            self.window.note(len(self.rows), delta)
        for listener in tuple(self.listeners):
            listener.changed(delta)

    def publish_repair(self, delta: Delta) -> None:
        """Publish what a pass changed; after the first pass, that is what nothing else had found."""
        self.suspect(delta.inserted)
        self.suspect(delta.updated)
        if self.stats.passes:
            self.stats.repaired_rows += (
                len(delta.inserted) + len(delta.updated) + len(delta.removed)
            )
        self.publish(delta)

    def suspect(self, keys: Iterable[Key]) -> None:
        """Take note of rows that a pass found changed; what announces them may be on its way."""
        now = asyncio.get_running_loop().time()
        self.loss_detector.found(keys, self.replica.dirty, now)
        if self.loss_detector.suspects:
            self.wake_loss_watch.set()

    def cannot_read(self, key: Key, error: RtwidgetError) -> None:
        """Take note that a row is too large to be read, which is said until it was read or is gone."""
        self.oversized.failed(key, error, asyncio.get_running_loop().time())
        self.wake_keys.set()
        self.apply(Event.READS_FAILED)

    def settle_oversized(self) -> None:
        """Forget the rows that were too large, and were read now or are gone."""
        if self.oversized.keep(self.replica.dirty):
            self.apply(Event.READS_FAILED if self.reads_failure else Event.READS_WORK)

    def reset(self, reason: str, schema: Schema) -> None:
        """Empty everything, then go on with these columns (clause 6 of the rule)."""
        self.verified_at = None
        self.expected_rows = None
        # Told first, because a thread that finds no rows must not find them verified.
        self.apply(Event.RESET)
        self.rows = KeyedRows(schema)
        self.replica.reset(reason, self.rows)
        self.oversized.keep(())
        self.loss_detector.begin_anew()
        self.revision += 1
        for listener in tuple(self.listeners):
            listener.emptied()
        self.tell()

    def snapshot(self) -> Snapshot:
        """Return the rows as they stand; may be called from any thread."""
        made = self._snapshot
        # Read before the rows, so that newer rows may carry an older number, and never the other way.
        revision = self.revision
        if made.revision != revision or made is EMPTY:
            made = self.rows.snapshot(revision)
            self._snapshot = made
        return made
