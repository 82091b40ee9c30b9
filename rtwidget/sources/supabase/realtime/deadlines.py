"""By when a server has to have answered, and when the next heartbeat goes out. Pure: moments are arguments."""

from __future__ import annotations

from enum import Enum

HEARTBEAT_S = 20.0
"""Between two heartbeats; the server closes after 60 s of silence (reference 1.3)."""
REPLY_S = 10.0
"""The longest wait for a heartbeat's reply."""
JOIN_S = 45.0
"""The longest wait for the reply to the join; a cold project needs many seconds (reference 3.1)."""
LIVE_S = 90.0
"""The longest wait for "Subscribed to PostgreSQL", counted from the join."""


class Wait(Enum):
    """What a server may be late with, and what is said then."""

    HEARTBEAT = "Realtime stopped answering."
    JOIN = "Realtime did not answer the join."
    LIVE = "Realtime joined but did not begin to announce changes."


class Deadlines:
    """The waits of one channel's life (loop thread only).

    Args:
        now: The monotonic time in seconds, as everywhere here.
        patience_s: The longest wait for "Subscribed to PostgreSQL", in seconds.
    """

    def __init__(self, now: float, patience_s: float) -> None:
        self._join_by = now + min(JOIN_S, patience_s)
        self._live_by = now + patience_s
        self._beat_at = now + HEARTBEAT_S
        # The reference of a heartbeat that was not answered yet, and by when it has to be.
        self._beat: tuple[str, float] | None = None

    def next_tick(self, *, joined: bool, live: bool) -> float:
        """Return the moment at which something is due, or late."""
        deadline = self._beat[1] if self._beat else self._beat_at
        if not live:
            deadline = min(deadline, self._live_by if joined else self._join_by)
        return deadline

    def overdue(self, now: float, *, joined: bool, live: bool) -> Wait | None:
        """Return what the server is late with, if anything."""
        if self._beat and now >= self._beat[1]:
            return Wait.HEARTBEAT
        if not joined and now >= self._join_by:
            return Wait.JOIN
        return Wait.LIVE if not live and now >= self._live_by else None

    def beat_is_due(self, now: float) -> bool:
        """Return whether a heartbeat goes out; never while another one waits for its reply."""
        return self._beat is None and now >= self._beat_at

    def sent_beat(self, ref: str, now: float) -> None:
        """Wait for the reply to a heartbeat."""
        self._beat = (ref, now + REPLY_S)
        self._beat_at = now + HEARTBEAT_S

    def answered(self, ref: str | None) -> bool:
        """Return whether a reply is that of the heartbeat, which it ends the wait for."""
        if self._beat is None or ref != self._beat[0]:
            return False
        self._beat = None
        return True
