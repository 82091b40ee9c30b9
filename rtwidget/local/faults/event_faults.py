"""What may befall change events between the database and the sockets."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from rtwidget.local.faults.event_rate_limit import RateLimit


class ChangeEvent(Protocol):
    """One event for one channel, as far as faults look at it."""

    @property
    def ids(self) -> Sequence[int]:
        """The bindings that it is for."""
        ...


Event = TypeVar("Event", bound=ChangeEvent)


class EventFaults:
    """Change capture asks it what leaves; any thread may set what is wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._to_drop = 0
        self._silent_until = -math.inf
        self._limit: RateLimit | None = None
        self._duplicating = False
        self._reordering = False

    def drop(self, count: int) -> None:
        """Lose the next changes, for everybody."""
        with self._lock:
            self._to_drop = count

    def silence(self, seconds: float) -> None:
        """Lose every change for so long."""
        with self._lock:
            self._silent_until = time.monotonic() + seconds

    def limit(self, per_second: float, window_s: float) -> None:
        """Lose every change while there are too many, and for a while after."""
        with self._lock:
            self._limit = RateLimit(per_second, window_s, time.monotonic())

    def duplicate(self) -> None:
        """Tell every change twice."""
        self._duplicating = True

    def reorder(self) -> None:
        """Tell the changes of one poll backwards."""
        self._reordering = True

    def clear(self) -> None:
        """Tell everything once and in order again."""
        with self._lock:
            self._to_drop, self._silent_until = 0, -math.inf
            self._limit = None
        self._duplicating = self._reordering = False

    def lets_through(self) -> bool:
        """Tell whether there are not too many events; asked once for all that a poll has read."""
        with self._lock:
            return self._limit is None or self._limit.lets_through(time.monotonic())

    def passed(self, changes: Iterable[Sequence[Event]]) -> list[Event]:
        """Return what leaves for the sockets.

        Args:
            changes: For each changed row, in commit order, the events it causes.
        """
        # What nobody hears of cannot be lost, so it does not use up `drop`.
        heard = [change for change in changes if change]
        with self._lock:
            now = time.monotonic()
            # Silence comes before the limit: the real server does not count what it throws away.
            if now < self._silent_until:
                return []
            if self._limit is not None:
                self._limit.add(sum(len(event.ids) for change in heard for event in change))
            # Counted by changed rows: an event for several channels is lost for all of them.
            lost = min(self._to_drop, len(heard))
            self._to_drop -= lost
        heard = heard[lost:]
        if self._reordering:
            heard.reverse()
        times = 2 if self._duplicating else 1
        return [event for change in heard for event in change for _ in range(times)]
