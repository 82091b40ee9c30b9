"""A pass with what it has cost until now, however often a failure interrupted it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rtwidget.replica.reads_in_flight import Pass


@dataclass(slots=True)
class PassProgress:
    """One pass; loop thread only.

    Args:
        of: The pass.
        began: When it began, by the loop's clock.
        began_wall: The same in Unix seconds.
        scheduled: Whether nothing wanted it.
        spent_s: The time of its attempts without the waits between them, in seconds.
        wire_bytes: The size of its answers on the wire, in bytes.
    """

    of: Pass
    began: float
    began_wall: float
    scheduled: bool
    spent_s: float = 0.0
    wire_bytes: int = 0

    @contextmanager
    def attempt(self, clock: Callable[[], float]) -> Iterator[None]:
        """Count the time of the block."""
        # The waits between attempts are not the server's work, and passes are spaced by what they cost it.
        began = clock()
        try:
            yield
        finally:
            self.spent_s += clock() - began
