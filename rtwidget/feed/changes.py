"""Changes as users get them: keys, coalesced until somebody takes them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since the last change that was handed out.

    Args:
        inserted: Keys of new rows, as they stand in the index of `t.df`: tuples for composite keys.
        updated: Keys of rows with other values.
        removed: Keys of rows that are gone.
        as_of: When this was put together, in UTC.
    """

    inserted: tuple[Any, ...]
    updated: tuple[Any, ...]
    removed: tuple[Any, ...]
    as_of: datetime


def plain_key(key: Key) -> Any:  # noqa: ANN401  (whatever the key column holds)
    """Return the value of a key of one column, and else the key."""
    return key[0] if len(key) == 1 else key


class ChangeBuffer:
    """Merges deltas until they are taken, so a slow reader gets fewer changes and never a queue. Any thread.

    Args:
        as_index: Makes of a key what stands in the index of `t.df`.
    """

    def __init__(self, as_index: Callable[[Key], Any] = plain_key) -> None:
        self._as_index = as_index
        self._lock = threading.Lock()
        self._delta = Delta()

    def add(self, delta: Delta) -> None:
        """Add a delta to what waits."""
        with self._lock:
            self._delta.merge(delta)

    def take(self) -> Change | None:
        """Return what waits and forget it, or None when nothing does."""
        with self._lock:
            # Only taken out here: keys become values of the index outside, because the loop thread adds under this lock.
            delta, self._delta = self._delta, Delta()
        if not delta:
            return None
        return Change(
            tuple(map(self._as_index, delta.inserted)),
            tuple(map(self._as_index, delta.updated)),
            tuple(map(self._as_index, delta.removed)),
            datetime.now(UTC),
        )
