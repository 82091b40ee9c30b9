"""Rows that are too large to be read: each is tried again alone, after waits that grow (SPEC.md, B19).

Pure: the caller's monotonic clock is an argument, in seconds, and nothing here waits.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from rtwidget.errors import RtwidgetError
from rtwidget.replica.budgets import OVERSIZED_BASE_S, RECONNECT_CAP_S
from rtwidget.replica.keys import Key


@dataclass(frozen=True, slots=True)
class _Oversized:
    error: RtwidgetError
    failures: int
    retry_at: float


@dataclass(slots=True)
class OversizedRows:
    """The rows of one table that could not be read alone. While there are any, the rows that are shown are not the query's answer."""

    _rows: dict[Key, _Oversized] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    @property
    def error(self) -> RtwidgetError | None:
        """Why the first of them could not be read; None when there is none."""
        return next((one.error for one in self._rows.values()), None)

    def failed(self, key: Key, error: RtwidgetError, now: float) -> None:
        """Take note that a row could not be read."""
        known = self._rows.get(key)
        failures = 1 if known is None else known.failures + 1
        # The exponent is bounded because 2.0 ** 1100 is an error.
        wait_s = min(RECONNECT_CAP_S, OVERSIZED_BASE_S * 2.0 ** min(failures - 1, 32))
        self._rows[key] = _Oversized(error, failures, now + wait_s)

    def next_at(self) -> float | None:
        """Return when one of them is to be tried again, or None when there is none."""
        return min((one.retry_at for one in self._rows.values()), default=None)

    def due(self, now: float) -> Key | None:
        """Return a row to try now, or None."""
        return next((key for key, one in self._rows.items() if one.retry_at <= now), None)

    def keep(self, dirty: Container[Key]) -> bool:
        """Forget those that are not dirty any more, because they were read, or are gone; return whether there were any."""
        rows = {key: one for key, one in self._rows.items() if key in dirty}
        forgotten = len(rows) < len(self._rows)
        self._rows = rows
        return forgotten
