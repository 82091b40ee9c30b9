"""The situation of a table as an immutable value, and what each event makes of it (SPEC.md, "States").

A table's situation has four facets, each moved by the same events through its own total table; what people see follows from them:

    hold     running <-> paused -> failed -> closed      what was asked for, or what needs the user
    stream   opening <-> live <-> lost -> unavailable    do notifications flow
    reads    untried -> working <-> failing              do reads work
    data     none -> partial -> complete <-> missed      what is on the screen

Pausing and failing wrap the other facets instead of overwriting them, so resuming needs no memory elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from rtwidget.replica.states.table_state import State


class Hold(Enum):
    """What was asked for, or what needs the user."""

    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    CLOSED = "closed"


class Stream(Enum):
    """Whether notifications flow."""

    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"
    UNAVAILABLE = "unavailable"


class Reads(Enum):
    """Whether reads work."""

    UNTRIED = "untried"
    WORKING = "working"
    FAILING = "failing"


class Data(Enum):
    """What there is to see."""

    NONE = "none"
    PARTIAL = "partial"
    COMPLETE = "complete"
    MISSED = "missed"


class Event(Enum):
    """What can happen to a table."""

    ROWS_ARRIVED = "rows arrived"
    PASS_COMPLETED = "pass completed"  # noqa: S105  (a scan, not a password)
    READS_FAILED = "reads failed"
    READS_WORK = "reads work"
    STREAM_LIVE = "stream live"
    STREAM_DOUBTED = "stream doubted"
    STREAM_LOST = "stream lost"
    STREAM_UNAVAILABLE = "stream unavailable"
    RESET = "reset"
    PAUSED = "paused"
    RESUMED = "resumed"
    FAILED = "failed"
    RETRIED = "retried"
    CLOSED = "closed"


# An event that is not in a table leaves its facet as it is, so every transition is defined (SPEC.md, S1).
_STREAM: Final = MappingProxyType(
    {
        Event.STREAM_LIVE: Stream.LIVE,
        Event.STREAM_DOUBTED: Stream.OPENING,
        Event.STREAM_LOST: Stream.LOST,
        Event.STREAM_UNAVAILABLE: Stream.UNAVAILABLE,
    }
)
_READS: Final = MappingProxyType(
    {
        Event.ROWS_ARRIVED: Reads.WORKING,
        Event.PASS_COMPLETED: Reads.WORKING,
        Event.READS_WORK: Reads.WORKING,
        Event.READS_FAILED: Reads.FAILING,
    }
)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """A table's situation at one moment.

    Args:
        hold: What was asked for, or what needs the user.
        stream: Whether notifications flow.
        reads: Whether reads work.
        data: What there is to see.
    """

    hold: Hold = Hold.RUNNING
    stream: Stream = Stream.OPENING
    reads: Reads = Reads.UNTRIED
    data: Data = Data.NONE

    @property
    def state(self) -> State:
        """The state that people see."""
        if self.hold is not Hold.RUNNING:
            return _HELD[self.hold]
        # Before the data: a table that never had a row must not say that it is still connecting when its reads fail.
        if self.reads is Reads.FAILING:
            return State.OFFLINE
        if self.data is Data.NONE:
            return State.CONNECTING
        if self.data is Data.PARTIAL:
            return State.LOADING
        # After a gap the rows are old until a pass has found what was missed.
        return _MISSED[self.stream] if self.data is Data.MISSED else _COMPLETE[self.stream]

    def after(self, event: Event) -> Lifecycle:
        """Return the situation after an event; `closed` is the end, and every other pair is defined."""
        if self.hold is Hold.CLOSED:
            return self
        hold = self._hold_after(event)
        if self.hold is not Hold.RUNNING and hold is Hold.RUNNING:
            # Nothing ran meanwhile, so nothing is known of the stream or of reads.
            data = Data.MISSED if self.data is Data.COMPLETE else self.data
            return Lifecycle(hold, Stream.OPENING, Reads.UNTRIED, data)
        return Lifecycle(
            hold,
            _STREAM.get(event, self.stream),
            _READS.get(event, self.reads),
            self._data_after(event),
        )

    def _hold_after(self, event: Event) -> Hold:
        if event is Event.CLOSED:
            return Hold.CLOSED
        if event is Event.FAILED:
            return Hold.FAILED
        if event is Event.RETRIED:
            return Hold.RUNNING
        # A failed table stays failed: a pause and its end would hide what the user has to mend (SPEC.md, S7).
        if event is Event.PAUSED and self.hold is Hold.RUNNING:
            return Hold.PAUSED
        if event is Event.RESUMED and self.hold is Hold.PAUSED:
            return Hold.RUNNING
        return self.hold

    def _data_after(self, event: Event) -> Data:
        if event is Event.RESET:
            return Data.NONE
        if event is Event.PASS_COMPLETED:
            return Data.COMPLETE
        if event is Event.ROWS_ARRIVED and self.data is Data.NONE:
            return Data.PARTIAL
        # Only the end of a live stream is a gap: without one, it was passes that found the changes all along.
        gap = self.stream is Stream.LIVE and _STREAM.get(event, Stream.LIVE) is not Stream.LIVE
        return Data.MISSED if gap and self.data is Data.COMPLETE else self.data


_HELD: Final = MappingProxyType(
    {Hold.PAUSED: State.PAUSED, Hold.FAILED: State.FAILED, Hold.CLOSED: State.CLOSED}
)
_COMPLETE: Final = MappingProxyType(
    {
        # All rows are there, but what changes now is not announced yet: not live, and honest about it.
        Stream.OPENING: State.LOADING,
        Stream.LIVE: State.LIVE,
        Stream.LOST: State.OFFLINE,
        Stream.UNAVAILABLE: State.POLLING,
    }
)
# Rows from before a gap are neither live nor polling until a pass that began after it is complete (SPEC.md, S3).
_MISSED: Final = MappingProxyType(
    {
        Stream.OPENING: State.LOADING,
        Stream.LIVE: State.LOADING,
        Stream.LOST: State.OFFLINE,
        Stream.UNAVAILABLE: State.OFFLINE,
    }
)
