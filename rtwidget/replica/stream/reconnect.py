"""How long a lost stream waits for its next attempt, and when the table polls meanwhile. Pure: no clock, no randomness."""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.errors import ErrorKind, NotificationsUnavailableError, SourceError
from rtwidget.replica import budgets as b
from rtwidget.replica.schedule.backoff import Backoff


@dataclass(slots=True)
class Reconnect:
    """The failures of one stream (SPEC.md, S4).

    Args:
        backoff: How long to wait; it remembers bad times until a connection has lived for a minute.
        failures: How many attempts failed since the stream was last live, as it is shown.
        was_live: Whether it ever was live.
    """

    backoff: Backoff = field(default_factory=Backoff)
    failures: int = 0
    was_live: bool = False

    def went_live(self) -> None:
        """Take note that the stream is live."""
        self.was_live, self.failures = True, 0

    def asked(self) -> None:
        """Take note that the user asked for the next attempt, which must not make later waits longer."""
        self.backoff = Backoff()

    def failed(self, error: SourceError, lived_s: float, chance: float) -> tuple[float, bool]:
        """Take note of a failure.

        Args:
            error: What ended the connection, or kept it from being made.
            lived_s: For how long it had been live, in seconds.
            chance: A uniform random number in [0, 1).

        Returns:
            How long to wait, in seconds, and whether the table polls meanwhile instead of waiting for it.
        """
        self.failures += 1
        self.backoff = self.backoff.failed(lived_s=lived_s)
        unavailable = isinstance(error, NotificationsUnavailableError)
        if unavailable or error.kind is ErrorKind.NEEDS_USER:
            # Time does not mend it, but the user may do so at any moment, so it is tried once a minute.
            return b.RECONNECT_CAP_S, True
        delay_s = self.backoff.delay_s(chance, code=error.code, floor_s=error.retry_after_s)
        # Nothing says that a stream which never was live will be, so its table polls at once (SPEC.md, S4).
        tries = b.STREAM_ATTEMPTS_FOR_POLLING if self.was_live else 1
        return delay_s, self.failures >= tries or delay_s > b.READS_OVERDUE_S
