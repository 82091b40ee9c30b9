"""When the next frame may leave: newest state wins, one frame in flight, and never a queue (platform.md, sketch 1).

Pure: the caller's monotonic clock is an argument, in seconds.
"""

from __future__ import annotations

from typing import Final

FRAME_GAP_S: Final = 1 / 30
"""The least time between two frames: what an eye can follow."""
SLOW_GAP_S: Final = 1.0
"""A frame unanswered for so long no longer holds up the next: a kernel without subshells hears nothing while a cell runs."""
DETACH_S: Final = 60.0
"""Without an answer for so long, nobody is there; frames stop until the view says hello again."""
FORGET_S: Final = 600.0
"""Without a word for so long, the view is forgotten; if it lives, it says hello again."""
BEAT_S: Final = 5.0
"""After so long without a frame, a beat says that the kernel is alive."""


class Flow:
    """The flow of frames to one view.

    Args:
        now: When the view said hello.
    """

    def __init__(self, now: float) -> None:
        self.seq = 0
        self.acked = 0
        self.visible = True
        self._sent_at = self._beat_at = now - BEAT_S
        self._heard_at = self._waiting_since = now

    def heard(self, now: float) -> None:
        """Take note of a sign of life: hello, a request, or an ack."""
        self._heard_at = now

    def ack(self, seq: int, now: float) -> None:
        """Take note that a frame was painted; one that was never sent counts for nothing."""
        if seq <= self.seq:
            self.acked = max(self.acked, seq)
        self.heard(now)

    def send(self, now: float) -> int:
        """Take note that a frame leaves, and return its number."""
        if self.acked >= self.seq:
            self._waiting_since = now
        self.seq += 1
        self._sent_at = self._beat_at = now
        return self.seq

    def beat(self, now: float) -> None:
        """Take note that a beat leaves."""
        self._beat_at = now

    def detached(self, now: float) -> bool:
        """Return whether frames go unanswered for so long that nobody seems to be there."""
        unanswered = self.acked < self.seq
        return unanswered and now - max(self._heard_at, self._waiting_since) >= DETACH_S

    def watching(self, now: float) -> bool:
        """Return whether the view is on a screen; one that is says something at least every 20 s."""
        return self.visible and now - self._heard_at < DETACH_S

    def gone(self, now: float) -> bool:
        """Return whether nobody has been there for so long that the view can be forgotten."""
        return now - self._heard_at >= FORGET_S

    def frame_at(self, now: float) -> float | None:
        """Return when a frame may leave, or None while the view is hidden or nobody is there."""
        if not self.visible or self.detached(now):
            return None
        if self.acked >= self.seq:
            return self._sent_at + FRAME_GAP_S
        return self._sent_at + SLOW_GAP_S

    def beat_at(self) -> float:
        """Return when a beat is due if no frame leaves before."""
        return self._beat_at + BEAT_S
