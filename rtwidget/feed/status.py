"""What a table says of itself: small, immutable, and the same in Python, on the status bar and in a log."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from rtwidget.errors import ArgumentError, NotReadyError
from rtwidget.replica.states.table_state import Problem, State


@dataclass(frozen=True, slots=True, repr=False)
class Status:
    """A table's situation at one moment.

    Args:
        state: One of connecting, loading, live, polling, offline, paused, failed, closed.
        since: When this state began, in UTC.
        rows: How many rows there are.
        verified_at: When the last completed pass began, in UTC: every difference older than that has been repaired.
        lag_ms: From the commit of the last change to its arrival in the kernel, in milliseconds, when known.
        attempt: How many attempts in a row have failed.
        retry_at: When the next attempt begins, in UTC.
        error: What is wrong, and what to do about it.
        expected_rows: About how many rows there will be, while the first pass runs.
        interval_s: The time between verifying passes, in seconds, when they are scheduled.
    """

    state: State
    since: datetime
    rows: int = 0
    verified_at: datetime | None = None
    lag_ms: float | None = None
    attempt: int = 0
    retry_at: datetime | None = None
    error: Problem | None = None
    expected_rows: int | None = None
    interval_s: float | None = None

    def __repr__(self) -> str:
        parts = [f"{self.state}", f"{self.rows:,} row{'' if self.rows == 1 else 's'}"]
        if self.verified_at is not None:
            age_s = (datetime.now(UTC) - self.verified_at).total_seconds()
            parts.append(f"verified {age_s:.0f} s ago")
        elif self.state in (State.LIVE, State.POLLING):
            parts.append("not yet verified")
        if self.lag_ms is not None:
            parts.append(f"lag {self.lag_ms:.0f} ms")
        if self.attempt:
            parts.append(f"attempt {self.attempt}")
        if self.error is not None:
            parts.append(f"{self.error.message} {self.error.hint}".strip())
        return f"<Status {' · '.join(parts)}>"


def utc(unix_s: float | None) -> datetime | None:
    """Return a moment given in Unix seconds as a datetime in UTC."""
    return None if unix_s is None else datetime.fromtimestamp(unix_s, UTC)


def checked_timeout_s(timeout: object) -> float:
    """Return how long somebody wants to wait, in seconds (any thread).

    Args:
        timeout: What the caller passed.

    Raises:
        ArgumentError: When it is no number, or no end.
    """
    if not isinstance(timeout, int | float) or not math.isfinite(timeout):
        raise ArgumentError(f"timeout is {timeout!r}.", "Pass a number of seconds, such as 30.")
    return timeout


def not_ready(status: Status, timeout_s: float, what: str) -> NotReadyError:
    """Return the error of a wait that ran out of time, with the state and its reason.

    Args:
        status: The situation when it did.
        timeout_s: How long was waited, in seconds.
        what: What was waited for.
    """
    error = status.error
    why = f" {error.message}" if error else ""
    return NotReadyError(
        f"{what} did not happen within {timeout_s:g} s; the table is {status.state} "
        f"with {status.rows:,} rows.{why}",
        (error.hint if error else "") or "Pass a longer `timeout=`.",
    )
