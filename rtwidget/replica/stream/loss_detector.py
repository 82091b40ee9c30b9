"""What proves that a stream loses notifications: rows that changed, that everybody may see, and that nothing announced.

Pure: clocks are arguments, in seconds. A row that is gone proves nothing, because a policy may hide it without a word
(SPEC.md, A3). Nor does a row that was never read since everything was last announced or read anew.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from rtwidget.replica import budgets as b
from rtwidget.replica.keys import Key


@dataclass(slots=True)
class LossDetector:
    """Compares what passes find with what is announced (SPEC.md, B16).

    Args:
        suspects: Rows that a pass found changed, and when; their notification may still be on the way.
    """

    suspects: dict[Key, float] = field(default_factory=dict)
    _live: bool = False
    # In this order: what the running pass finds counts; it may vouch for later ones; an earlier one has done so.
    _counts: bool = False
    _candidate: bool = False
    _verified: bool = False
    _muted_until: float = 0.0

    def live(self) -> None:
        """Take note that from now on everything is announced."""
        self.begin_anew()
        self._live = True

    def lost(self) -> None:
        """Take note that nothing is announced any more."""
        self.begin_anew()
        self._live = False

    def begin_anew(self) -> None:
        """Forget what was known: anything may have changed before this moment, and somebody said so."""
        self.suspects.clear()
        self._counts = self._candidate = self._verified = False

    def mute(self, until: float) -> None:
        """Count nothing that passes find before this moment: the server is known to be silent."""
        self.begin_anew()
        self._muted_until = until

    def announced(self, keys: Iterable[Key]) -> None:
        """Take note of a notification's keys."""
        if self.suspects:
            for key in keys:
                self.suspects.pop(key, None)

    def pass_began(self, now: float) -> None:
        """Take note that a pass began: what it finds counts if the one before it began after everything was announced."""
        trusted = self._live and now >= self._muted_until
        self._counts, self._candidate = trusted and self._verified, trusted

    def pass_completed(self) -> None:
        """Take note that the pass covered every row."""
        self._verified = self._verified or self._candidate

    def found(self, keys: Iterable[Key], dirty: Container[Key], now: float) -> None:
        """Take note of rows that a pass found changed, or that it saw first.

        Args:
            keys: The rows.
            dirty: The keys that were announced and are not read yet.
            now: The time.
        """
        if not self._counts:
            return
        for key in keys:
            if len(self.suspects) >= b.MOST_SUSPECTS:
                return
            if key not in dirty:
                # The first time stays: a row that every pass finds changed would otherwise never be overdue.
                self.suspects.setdefault(key, now)

    def proven(self, now: float) -> bool:
        """Return whether the notification of a change is overdue; if so, the suspects are forgotten."""
        overdue = any(now - at >= b.PROBE_CONFIRM_S for at in self.suspects.values())
        if overdue:
            self.begin_anew()
        return overdue
