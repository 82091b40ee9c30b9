"""A status as a live table has it."""

from __future__ import annotations

from datetime import UTC, datetime

from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import State


def status(rows: int) -> Status:
    return Status(State.LIVE, datetime.now(UTC), rows)
