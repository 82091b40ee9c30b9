"""What people are told of a table: its state, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What the user is told; `Lifecycle.state` decides which it is (SPEC.md, S1)."""

    CONNECTING = "connecting"
    LOADING = "loading"
    LIVE = "live"
    POLLING = "polling"
    OFFLINE = "offline"
    PAUSED = "paused"
    FAILED = "failed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a table is not what it should be: what happened, and what to do.

    Args:
        message: What happened, and why it probably did.
        hint: What to do next; may be empty.
    """

    message: str
    hint: str = ""
