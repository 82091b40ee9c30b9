"""What happened to a replica in one step, with a picture of it before and after."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads_in_flight import KeyRead, PageRead, Pass


@dataclass(frozen=True)
class Picture:
    """What a replica held at one moment."""

    rows: dict[Key, Row]
    stamps: dict[Key, int]
    dirty: dict[Key, int]
    gone: dict[Key, int]
    floor: int
    want: int | None
    running: Pass | None


@dataclass(frozen=True)
class Happened:
    """One step."""

    before: Picture
    after: Picture


@dataclass(frozen=True)
class Notified(Happened):
    """A notification came."""

    keys: set[Key]


@dataclass(frozen=True)
class GapSeen(Happened):
    """Notifications may have been lost."""


@dataclass(frozen=True)
class Began(Happened):
    """A read or a pass began."""

    read: KeyRead | PageRead | Pass


@dataclass(frozen=True)
class Answered(Happened):
    """A read of keys was answered."""

    read: KeyRead
    rows: dict[Key, Row]
    whole: bool
    delta: Delta


@dataclass(frozen=True)
class PageAnswered(Happened):
    """A page of a pass was answered: it started behind `asked`, ended with `last`, and its successor starts behind `next`."""

    read: PageRead
    rows: dict[Key, Row]
    delta: Delta
    asked: Key | None
    last: Key | None
    next: Key | None


@dataclass(frozen=True)
class PassCompleted(Happened):
    """A pass met its empty page."""

    of: Pass
    delta: Delta


@dataclass(frozen=True)
class Failed(Happened):
    """A read had no answer."""

    read: KeyRead | PageRead


@dataclass(frozen=True)
class GivenUp(Happened):
    """A pass was given up."""


@dataclass(frozen=True)
class WasReset(Happened):
    """The identity changed."""
