"""What may befall change events between the database and the sockets."""

from __future__ import annotations

import math
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rtwidget.local.delivery import Delivery


class EventFaults:
    """Change capture asks it what leaves; any thread may set what is wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._to_drop = 0
        self._silent_until = -math.inf
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
        self._duplicating = self._reordering = False

    def passed(self, changes: Iterable[Sequence[Delivery]]) -> list[Delivery]:
        """Return what leaves for the sockets.

        Args:
            changes: For each changed row, in commit order, the events it causes.
        """
        heard = [change for change in changes if change]
        with self._lock:
            if time.monotonic() < self._silent_until:
                return []
            lost = min(self._to_drop, len(heard))
            self._to_drop -= lost
        heard = heard[lost:]
        if self._reordering:
            heard.reverse()
        times = 2 if self._duplicating else 1
        return [delivery for change in heard for delivery in change for _ in range(times)]
