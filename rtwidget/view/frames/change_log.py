"""How much a table changed since its rows were first complete, and when the rows that changed last did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Final

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key

MOST_TIMES: Final = 5_000
"""Rows whose last change is remembered: some tens of screens, and under a megabyte."""


class ChangeLog:
    """Shared by the views of a table (loop thread); its memory does not grow with the changes."""

    def __init__(self) -> None:
        self.count = 0
        self._times: dict[Key, float] = {}

    def changed(self, delta: Delta, at_s: float) -> None:
        """Note what changed.

        Args:
            delta: The changes.
            at_s: When, in Unix seconds.
        """
        times = self._times
        self.count += len(delta.inserted) + len(delta.updated) + len(delta.removed)
        for key in delta.removed:
            times.pop(key, None)
        # More than are kept would only push each other out.
        for key in islice(chain(delta.updated, delta.inserted), MOST_TIMES):
            # Taken out first, so that the rows that changed longest ago stand in front.
            times.pop(key, None)
            times[key] = at_s
        self._forget(len(times) - MOST_TIMES)

    def times(self, keys: Sequence[Key]) -> list[float | None] | None:
        """Return when each row changed last, in Unix seconds, or None when nothing is known of any of them."""
        found = [self._times.get(key) for key in keys]
        return found if any(found) else None

    def clear(self) -> None:
        """Forget the rows, because others follow."""
        self._times.clear()

    def _forget(self, many: int) -> None:
        oldest: Iterable[Key] = list(islice(self._times, max(0, many)))
        for key in oldest:
            del self._times[key]
