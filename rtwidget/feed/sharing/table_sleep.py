"""A table that nobody looks at unsubscribes after a while, and wakes when it is wanted (design section 8)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Final

from rtwidget.feed.sharing.attachment import Attachment
from rtwidget.replica.states.table_state import Problem

SLEEP_AFTER_S: Final = 600.0
"""Without a painted frame, a read or a callback for so long, a displayed table sleeps."""
# So a table falls asleep at most a twentieth of the time too late.
_LOOKS: Final = 20
_ASLEEP: Final = Problem(
    "Asleep, because nobody has looked for a while.", "It wakes when it is shown or read."
)


class Sleeper:
    """Pauses and resumes one table.

    Args:
        attachment: The table's tie to its feed.
        after_s: How long nobody must have looked, in seconds.
    """

    def __init__(self, attachment: Attachment, after_s: float = SLEEP_AFTER_S) -> None:
        self._attachment = attachment
        self._after_s = after_s
        self._used_at = monotonic()
        self.displayed = False

    def used(self, *, displayed: bool = False) -> bool:
        """Note that somebody looks; any thread. Returns whether the table sleeps and must be woken."""
        self._used_at = monotonic()
        self.displayed = self.displayed or displayed
        return self._attachment.asleep

    def wake(self) -> None:
        """End the sleep; loop thread only."""
        if self._attachment.asleep:
            self._attachment.resume()

    async def run(self, clock: Callable[[], float] = monotonic) -> None:
        """Look again and again whether anybody still looks, until cancelled; loop thread only."""
        while True:
            await asyncio.sleep(self._after_s / _LOOKS)
            wanted = self._attachment.followers.attentive
            long = clock() - self._used_at >= self._after_s
            if self.displayed and long and not wanted and not self._attachment.paused:
                self._attachment.pause(_ASLEEP)
