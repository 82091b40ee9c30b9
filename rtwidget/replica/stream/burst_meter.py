"""Foresees when Realtime's rate limit will silence a project without a word (SPEC.md, A7). Pure: clocks are arguments, in seconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from rtwidget.replica import budgets as b

# A minute of ticks, because the server averages over a minute (SPEC.md, A7).
_TICKS = 12


@dataclass(slots=True)
class BurstMeter:
    """Counts the notifications of one project as the server's limiter does: by ticks, over their last minute (SPEC.md, B10)."""

    _tick: int = 0
    _events: int = 0
    _before: int = 0
    _told: bool = False
    _ticks: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=_TICKS))

    def heard(self, now: float) -> bool:
        """Count a notification, and return whether the limit is near; at most once a tick."""
        tick = int(now // b.BURST_TICK_S)
        if tick != self._tick:
            self._ticks.append((self._tick, self._events))
            # Ticks without a notification are not kept, so the oldest that are may lie more than a minute back.
            self._before = sum(events for at, events in self._ticks if at > tick - _TICKS)
            self._tick, self._events, self._told = tick, 0, False
        self._events += 1
        near = (
            self._events >= b.BURST_TICK_EVENTS
            or self._before + self._events >= b.BURST_MINUTE_EVENTS
        )
        tells = near and not self._told
        self._told = self._told or near
        return tells
