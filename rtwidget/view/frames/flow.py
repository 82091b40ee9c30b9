"""When the next frame may leave: newest state wins, and the page says how far it came (platform.md, sketch 1).

A frame either asks for an answer or does not. Until one that asks is painted none follows, as each answer is a request to the kernel,
for which JupyterLab shows it as busy; so a page that keeps up is asked seldom, and one that falls behind for every frame.

Pure: the caller's monotonic clock is an argument, in seconds.
"""

from __future__ import annotations

from typing import Final

from rtwidget.replica.schedule.token_bucket import TokenBucket

FRAME_GAP_S: Final = 1 / 30
"""The least time between two frames: what an eye can follow."""
SLOW_GAP_S: Final = 1.0
"""A frame unanswered for so long no longer holds up the next: a kernel without subshells hears nothing while a cell runs."""
ASK_S: Final = 15.0
"""A page that keeps up is asked so seldom; each answer changes JupyterLab's sign and icon some ten times."""
UNASKED_PER_S: Final = 12.0
"""Frames that go without asking in the long run, more than most tables change; a flood is asked for about once a second."""
MOST_UNASKED: Final = 20
"""Frames in a row that go without asking: what a page that just began to fall behind works off in a moment."""
LATE_S: Final = 0.5
"""So much later than twice the best answer so far, and the page falls behind."""
LEAST_CAREFUL, MOST_CAREFUL = 2, 64
"""Frames that ask one after the other once a page fell behind; twice as many each time."""
DETACH_S: Final = 60.0
"""Without a word for so long, nobody is there; nothing is sent until the view speaks again."""
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
        # As if the last frame, beat and question were long ago: the first frame leaves at once, and asks.
        self._sent_at = self._beat_at = now - BEAT_S
        self._heard_at = now
        self._asked, self._asked_at = 0, now - ASK_S
        self._unasked = TokenBucket(UNASKED_PER_S, MOST_UNASKED)
        self._best_s: float | None = None
        self._careful = 0
        self._next_careful = LEAST_CAREFUL

    def heard(self, now: float) -> None:
        """Take note of a sign of life: hello, a request, or an ack."""
        self._heard_at = now

    def greeted(self, now: float) -> None:
        """Begin again with a view that lost what it had: nothing is on its way to it, and the next frame asks."""
        # Frames that were on their way went with the page, so waiting for their answers would only delay the next.
        self.acked = self.seq
        self._asked_at = now - ASK_S
        self.heard(now)

    def ack(self, seq: int, now: float) -> None:
        """Take note that a frame was painted; one that was never sent counts for nothing."""
        if seq <= self.seq:
            waited = self._waits
            self.acked = max(self.acked, seq)
            # Only the answer that was waited for tells how long the page takes; others come when they come.
            if waited and not self._waits:
                self._answered(now - self._asked_at)
        self.heard(now)

    def misses(self, seq: int, now: float) -> bool:
        """Return whether a view that painted this frame last should have got a later one by now, which was lost."""
        return seq < self.seq and now - self._sent_at >= SLOW_GAP_S

    def send(self, now: float) -> int:
        """Take note that a frame leaves, and return its number."""
        self.seq += 1
        self._sent_at = self._beat_at = now
        return self.seq

    def asks(self, now: float, *, must: bool = False) -> bool:
        """Return whether the frame that leaves asks for an answer.

        Args:
            now: The time.
            must: Whether it has to, because of what it brings.
        """
        # Before anything else, as every frame takes a token, whether it asks or not.
        many = self._unasked.take(now) > 0
        if not (must or many or self._waits or self._careful or now - self._asked_at >= ASK_S):
            return False
        if not self._waits:
            # While an answer is awaited, it is the one that counts; a later question does not start its clock anew.
            self._asked, self._asked_at = self.seq, now
            # The answer will say that everything up to here was painted, so counting begins anew.
            self._unasked = TokenBucket(UNASKED_PER_S, MOST_UNASKED)
        return True

    def beat(self, now: float) -> None:
        """Take note that a beat leaves."""
        self._beat_at = now

    def watching(self, now: float) -> bool:
        """Return whether the view is on a screen; one that is says something at least every 20 s."""
        return self.visible and now - self._heard_at < DETACH_S

    def gone(self, now: float) -> bool:
        """Return whether nobody has been there for so long that the view can be forgotten."""
        return now >= self.gone_at()

    def gone_at(self) -> float:
        """Return when the view can be forgotten if it says nothing more."""
        return self._heard_at + FORGET_S

    def frame_at(self, now: float) -> float | None:
        """Return when a frame may leave, or None while the view is hidden or nobody is there."""
        if not self.watching(now):
            return None
        return self._sent_at + (SLOW_GAP_S if self._waits else FRAME_GAP_S)

    def beat_at(self, now: float) -> float | None:
        """Return when a beat is due if no frame leaves before, or None while the view is hidden or nobody is there."""
        return self._beat_at + BEAT_S if self.watching(now) else None

    @property
    def _waits(self) -> bool:
        return self.acked < self._asked

    def _answered(self, took_s: float) -> None:
        self._best_s = took_s if self._best_s is None else min(self._best_s, took_s)
        if took_s > 2 * self._best_s + LATE_S:
            self._careful = self._next_careful
            self._next_careful = min(2 * self._next_careful, MOST_CAREFUL)
        elif self._careful:
            self._careful -= 1
        else:
            # It kept up for as long as it was watched, so the next lapse is taken lightly again.
            self._next_careful = LEAST_CAREFUL
