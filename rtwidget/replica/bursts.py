"""Foresees when Realtime's rate limit will silence a project without a word (reference 2.4). Pure: clocks are arguments, in seconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from rtwidget.replica import budgets as b

_TICKS = 12


@dataclass(slots=True)
class BurstMeter:
    """Counts the notifications of one project as the server's limiter does: by ticks, over their last minute."""

    _ticks: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=_TICKS))
    _told: int | None = None

    def heard(self, now: float) -> bool:
        """Count a notification, and return whether the limit is near; at most once a tick."""
        tick = int(now // b.BURST_TICK_S)
        here = self._ticks.pop()[1] if self._ticks and self._ticks[-1][0] == tick else 0
        self._ticks.append((tick, here + 1))
        minute = sum(events for at, events in self._ticks if at > tick - _TICKS)
        near = here + 1 >= b.BURST_TICK_EVENTS or minute >= b.BURST_MINUTE_EVENTS
        if not near or self._told == tick:
            return False
        self._told = tick
        return True
