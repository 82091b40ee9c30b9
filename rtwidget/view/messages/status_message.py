"""A status as the browser gets it: plain numbers, with the kernel's clock beside them."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import State


def status_message(status: Status) -> dict[str, Any]:
    """Return a status for the browser; times are Unix seconds by the kernel's clock."""
    error = status.error
    return {
        "state": str(status.state),
        "since": _unix_s(status.since),
        "rows": status.rows,
        "verified_at": _unix_s(status.verified_at),
        "lag_ms": status.lag_ms,
        "attempt": status.attempt,
        "retry_at": _unix_s(status.retry_at),
        "expected_rows": status.expected_rows,
        "error": None if error is None else {"message": error.message, "hint": error.hint},
        # Clocks of kernel and page differ; by this, the page reckons ages without its own.
        "sent_at": time.time(),
        "poll_every_s": status.interval_s if status.state is State.POLLING else None,
    }


def _unix_s(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
