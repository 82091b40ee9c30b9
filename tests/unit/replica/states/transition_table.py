"""Every transition and every state of a table, written out: a new member of an enum fails the tests until its row is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from rtwidget.replica.states.lifecycle import Data, Event, Hold, Reads, Stream
from rtwidget.replica.states.table_state import State


class FromHold(NamedTuple):
    """What each hold becomes."""

    running: Hold
    paused: Hold
    failed: Hold
    closed: Hold


class FromStream(NamedTuple):
    """What each condition of the stream becomes."""

    opening: Stream
    live: Stream
    lost: Stream
    unavailable: Stream


class FromReads(NamedTuple):
    """What each condition of the reads becomes."""

    untried: Reads
    working: Reads
    failing: Reads


class FromData(NamedTuple):
    """What each amount of data becomes."""

    none: Data
    partial: Data
    complete: Data
    missed: Data


class Seen(NamedTuple):
    """The state that people see with each amount of data."""

    none: State
    partial: State
    complete: State
    missed: State


class Row(NamedTuple):
    """What an event does to every facet, unless the table is closed or the event sets it running again.

    Data may become something else while the stream is live: then the event is a gap.
    """

    hold: FromHold
    stream: FromStream
    reads: FromReads
    data: FromData
    data_if_live: FromData | None = None


_HOLD: Final = FromHold(*Hold)
_STREAM: Final = FromStream(*Stream)
_READS: Final = FromReads(*Reads)
_DATA: Final = FromData(*Data)

_PAUSE: Final = FromHold(Hold.PAUSED, Hold.PAUSED, Hold.FAILED, Hold.CLOSED)
_RESUME: Final = FromHold(Hold.RUNNING, Hold.RUNNING, Hold.FAILED, Hold.CLOSED)
_FAIL: Final = FromHold(Hold.FAILED, Hold.FAILED, Hold.FAILED, Hold.CLOSED)
_RETRY: Final = FromHold(Hold.RUNNING, Hold.RUNNING, Hold.RUNNING, Hold.CLOSED)
_CLOSE: Final = FromHold(Hold.CLOSED, Hold.CLOSED, Hold.CLOSED, Hold.CLOSED)

_LIVE: Final = FromStream(*[Stream.LIVE] * 4)
_LOST: Final = FromStream(*[Stream.LOST] * 4)
_DOUBTED: Final = FromStream(*[Stream.OPENING] * 4)
_UNAVAILABLE: Final = FromStream(*[Stream.UNAVAILABLE] * 4)

_WORKING: Final = FromReads(*[Reads.WORKING] * 3)
_FAILING: Final = FromReads(*[Reads.FAILING] * 3)

_NOTHING: Final = FromData(*[Data.NONE] * 4)
_EVERYTHING: Final = FromData(*[Data.COMPLETE] * 4)
_SOMETHING: Final = FromData(Data.PARTIAL, Data.PARTIAL, Data.COMPLETE, Data.MISSED)
# Also after a pause or a failure: what changed meanwhile was announced to nobody.
GAP: Final = FromData(Data.NONE, Data.PARTIAL, Data.MISSED, Data.MISSED)

AFTER: Final[Mapping[Event, Row]] = {
    Event.ROWS_ARRIVED: Row(_HOLD, _STREAM, _WORKING, _SOMETHING),
    Event.PASS_COMPLETED: Row(_HOLD, _STREAM, _WORKING, _EVERYTHING),
    Event.READS_FAILED: Row(_HOLD, _STREAM, _FAILING, _DATA),
    Event.READS_WORK: Row(_HOLD, _STREAM, _WORKING, _DATA),
    Event.STREAM_LIVE: Row(_HOLD, _LIVE, _READS, _DATA),
    Event.STREAM_DOUBTED: Row(_HOLD, _DOUBTED, _READS, _DATA, GAP),
    Event.STREAM_LOST: Row(_HOLD, _LOST, _READS, _DATA, GAP),
    Event.STREAM_UNAVAILABLE: Row(_HOLD, _UNAVAILABLE, _READS, _DATA, GAP),
    Event.RESET: Row(_HOLD, _STREAM, _READS, _NOTHING),
    Event.PAUSED: Row(_PAUSE, _STREAM, _READS, _DATA),
    Event.RESUMED: Row(_RESUME, _STREAM, _READS, _DATA),
    Event.FAILED: Row(_FAIL, _STREAM, _READS, _DATA),
    Event.RETRIED: Row(_RETRY, _STREAM, _READS, _DATA),
    Event.CLOSED: Row(_CLOSE, _STREAM, _READS, _DATA),
}

# Each hold but `running` is the state itself, whatever the other facets are.
HELD: Final[Mapping[Hold, State]] = {
    Hold.PAUSED: State.PAUSED,
    Hold.FAILED: State.FAILED,
    Hold.CLOSED: State.CLOSED,
}

_OFFLINE: Final = Seen(*[State.OFFLINE] * 4)


def _seen(complete: State, missed: State) -> Seen:
    return Seen(State.CONNECTING, State.LOADING, complete, missed)


_OPENING: Final = _seen(State.LOADING, State.LOADING)
_LIVE_SEEN: Final = _seen(State.LIVE, State.LOADING)
_LOST_SEEN: Final = _seen(State.OFFLINE, State.OFFLINE)
_POLLING: Final = _seen(State.POLLING, State.OFFLINE)

RUNNING: Final[Mapping[tuple[Stream, Reads], Seen]] = {
    (Stream.OPENING, Reads.UNTRIED): _OPENING,
    (Stream.OPENING, Reads.WORKING): _OPENING,
    (Stream.OPENING, Reads.FAILING): _OFFLINE,
    (Stream.LIVE, Reads.UNTRIED): _LIVE_SEEN,
    (Stream.LIVE, Reads.WORKING): _LIVE_SEEN,
    (Stream.LIVE, Reads.FAILING): _OFFLINE,
    (Stream.LOST, Reads.UNTRIED): _LOST_SEEN,
    (Stream.LOST, Reads.WORKING): _LOST_SEEN,
    (Stream.LOST, Reads.FAILING): _OFFLINE,
    (Stream.UNAVAILABLE, Reads.UNTRIED): _POLLING,
    (Stream.UNAVAILABLE, Reads.WORKING): _POLLING,
    (Stream.UNAVAILABLE, Reads.FAILING): _OFFLINE,
}
