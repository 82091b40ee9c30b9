"""When to try again: full jitter, so that a thousand notebooks do not return in one second."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rtwidget.errors import AuthenticationError, RtwidgetError
from rtwidget.replica.budgets import (
    RECONNECT_BASE_S,
    RECONNECT_CAP_S,
    RECONNECT_POLITE_S,
    RECONNECT_RESET_S,
    REFUSED_AGAIN_S,
)

# Closes of RFC 6455 that say "come back": idle or server stop, going away, service restart.
POLITE_CLOSES = frozenset({"1000", "1001", "1012"})


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often in a row an attempt failed; it never gives up (SPEC.md, B18).

    Args:
        attempt: Failed attempts since the connection last held for `RECONNECT_RESET_S`.
    """

    attempt: int = 0

    def failed(self, *, lived_s: float = 0.0) -> Backoff:
        """Return the state after one more failure.

        Args:
            lived_s: For how many seconds the connection had been live before.
        """
        return (
            Backoff(1) if lived_s >= RECONNECT_RESET_S else replace(self, attempt=self.attempt + 1)
        )

    def delay_s(
        self,
        chance: float,
        *,
        code: str | None = None,
        floor_s: float | None = None,
        cap_s: float = RECONNECT_CAP_S,
    ) -> float:
        """Return how long to wait, in seconds, before the next attempt.

        Args:
            chance: A uniform random number in [0, 1).
            code: The close code that ended the connection, as text.
            floor_s: The least wait that the server named (`Retry-After`), in seconds.
            cap_s: The longest wait but for that, in seconds.
        """
        # Only the first time: a server that says goodbye again and again is in trouble, and is spared like any other.
        if self.attempt <= 1 and code in POLITE_CLOSES:
            least_s, most_s = RECONNECT_POLITE_S
            delay_s = least_s + chance * (most_s - least_s)
        else:
            # The exponent is bounded because 2.0 ** 1100 is an error, and a laptop may sleep for weeks.
            ceiling_s = RECONNECT_BASE_S * 2.0 ** min(max(self.attempt - 1, 0), 32)
            delay_s = chance * min(cap_s, ceiling_s)
        # Even above the cap, because a server that named a time would refuse whoever comes earlier.
        return max(delay_s, floor_s or 0.0)


def cap_s(error: RtwidgetError) -> float:
    """Return the longest wait after a failed read, in seconds: a token that a server refused is tried more often."""
    refused = isinstance(error, AuthenticationError) and error.code is not None
    return REFUSED_AGAIN_S if refused else RECONNECT_CAP_S
