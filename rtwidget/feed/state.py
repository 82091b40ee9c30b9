"""What the tasks of a feed share: the replica, its rows, when what is due, and the events that wake them. No I/O; loop thread only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from rtwidget.errors import RtwidgetError
from rtwidget.feed.reported_status import ReportedStatus
from rtwidget.feed.runtime.retry import Retry
from rtwidget.feed.stats import Stats
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from rtwidget.replica.rules import Replica
from rtwidget.replica.schedule.key_pacing import KeyPacing
from rtwidget.replica.schedule.probe_plan import ProbeWindow
from rtwidget.replica.schema import Schema
from rtwidget.replica.states.lifecycle import Event
from rtwidget.replica.stream.loss_detector import LossDetector
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import EMPTY, Snapshot


@dataclass(eq=False)
class FeedState(ReportedStatus):
    """The state of one feed, which its tasks share; the arguments of `ReportedStatus` come first.

    Args:
        pacing: When keys are read.
        loss_detector: Whether the stream loses notifications.
        wake_keys: Set when keys may wait to be read.
        wake_passes: Set when a pass may be due earlier than planned.
        wake_loss_watch: Set when a pass found rows that nothing had announced.
        retry: The waits for another attempt, which `refresh()` and the end of an outage cut short.
        ask_identities: The waits until tables are asked whom their tokens name.
        described: Whether the columns are known; False again when an answer shows others.
        keys_trusted: Whether notifications spell keys as reads do.
        seen_columns: The columns of the answer that showed other ones than were described.
        version_column: The column that grows with every change of a row, if the user named one.
        oldest_commit_at: The oldest commit that waits for its read, in Unix seconds by our clock.
    """

    pacing: KeyPacing = field(default_factory=KeyPacing)
    loss_detector: LossDetector = field(default_factory=LossDetector)
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

    def __post_init__(self) -> None:
        super().__post_init__()
        self.replica = Replica(self.rows)
        self.stats = Stats()
        self.revision = 0
        self.window: ProbeWindow | None = None
        self._snapshot = EMPTY

    @property
    def version_position(self) -> int | None:
        """Where the version column stands in a row, or None without one."""
        names = self.rows.schema.names
        return names.index(self.version_column) if self.version_column in names else None

    def publish(self, delta: Delta) -> None:
        """Publish what a read changed."""
        # Nobody is woken by a read that found everything as it was.
        if not delta:
            return
        self.revision += 1
        # A probe is compared with all that the rows were until its answer is judged.
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
