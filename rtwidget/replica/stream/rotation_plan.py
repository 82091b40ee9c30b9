"""When the connection of a stream is replaced by another. Pure: clocks and chance are arguments.

A dead subscription looks like a quiet one: the socket stays, and heartbeats are answered. So a stream that says nothing is
replaced after some minutes, any stream after a while, and one that is known to lose notifications at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica import budgets as b


@dataclass(slots=True)
class RotationPlan:
    """When the connection of one stream is replaced by another (SPEC.md, B15 to B16).

    Args:
        rotate_at: When it is replaced in any case.
        heard_at: When it was made, or when it last said something.
        quiet_s: How long it may say nothing; None for a stream whose connection ends with it.
        doubt_at: Before this moment no doubt is worth another connection.
    """

    rotate_at: float = 0.0
    heard_at: float = 0.0
    quiet_s: float | None = None
    doubt_at: float = 0.0
    _gap_s: float = b.DOUBT_GAP_S[0]
    _doubted_at: float | None = None

    def began(self, now: float, chance: float, *, ends_with_connection: bool) -> None:
        """Take note of a connection that is live.

        Args:
            now: The time.
            chance: A uniform random number in [0, 1).
            ends_with_connection: Whether announcements cannot end while the connection stays.
        """
        self.rotate_at = now + _between(b.ROTATION_S, chance)
        self.heard_at = now
        self.quiet_s = None if ends_with_connection else _between(b.QUIET_STREAM_S, chance)

    def heard(self, now: float) -> None:
        """Take note of a notification."""
        self.heard_at = now

    def replace_at(self) -> float:
        """Return when the connection is to be replaced, as far as is known now."""
        if self.quiet_s is None:
            return self.rotate_at
        return min(self.rotate_at, self.heard_at + self.quiet_s)

    def doubted(self, now: float) -> bool:
        """Take note of a loss that was proven, and return whether another connection is worth its cost now."""
        if now < self.doubt_at:
            return False
        least_s, most_s = b.DOUBT_GAP_S
        # Twice the longest gap, so that the first loss after that gap still counts as one that follows another.
        again = self._doubted_at is not None and now - self._doubted_at < 2 * most_s
        self._gap_s = min(most_s, 2 * self._gap_s) if again else least_s
        self._doubted_at, self.doubt_at = now, now + self._gap_s
        return True


def _between(bounds: tuple[float, float], chance: float) -> float:
    least, most = bounds
    return least + chance * (most - least)
