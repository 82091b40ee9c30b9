"""The limit on change events per second, as the real server keeps it. Pure.

It counts one event for each subscription that a change reaches, in ticks, and looks at the average
only when a tick ends. While that is too high every change is thrown away without a word, so a burst
passes and what comes after it is lost, for up to the whole window.
"""

from __future__ import annotations

from collections import deque

# The real counter's number: 60 s are looked at every 5 s.
TICKS = 12


class RateLimit:
    """A moving average over the last ticks. Any thread, one at a time.

    Args:
        per_second: Events per second at which changes begin to be thrown away.
        window_s: What the average is taken over, in seconds.
        now: The moment at which counting begins, in seconds of the caller's clock.
    """

    def __init__(self, per_second: float, window_s: float, now: float) -> None:
        self._per_second = per_second
        self._tick_s = window_s / TICKS
        # A counter that has just started averages over the ticks that it has, as the real one does.
        self._ticks: deque[int] = deque([0], maxlen=TICKS)
        self._tick_ends = now + self._tick_s
        self._count = 0
        self._is_exceeded = False

    def lets_through(self, now: float) -> bool:
        """Tell whether changes are told now.

        Args:
            now: Seconds of the clock that it began with.
        """
        # Nobody calls at each tick, so those that went by since the last call are made up for.
        while now >= self._tick_ends:
            self._ticks.append(self._count)
            self._count = 0
            self._tick_ends += self._tick_s
            average = sum(self._ticks) / len(self._ticks) / self._tick_s
            # Only at the end of a tick, which is why a burst passes first.
            self._is_exceeded = average >= self._per_second
        return not self._is_exceeded

    def add(self, events: int) -> None:
        """Count what was told."""
        self._count += events
