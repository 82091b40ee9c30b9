"""For how long a refused token may still be taken: a gateway's clock or a restart passes, a wrong key does not.

Pure: moments are arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from rtwidget.errors import AuthenticationError, ErrorKind
from rtwidget.sources.supabase.credentials.identity import Token

REFUSED_S: Final = 60.0
"""A token that is refused again and again for so long, in seconds, needs the user; hiccups took 2 s at most (supabase 50651)."""
_FORGOTTEN_S: Final = (
    2 * REFUSED_S
)  # between two tries lie 60 s at most, so this is another trouble


class Patience:
    """Counts how long a server has refused what one reads with, whichever token it was."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._last = 0.0

    def refused(self, error: AuthenticationError, now: float) -> AuthenticationError:
        """Return the error as it stands now: one that passes, until it has repeated for `REFUSED_S`.

        Args:
            error: What the server said; one that no time mends stays as it is.
            now: The monotonic time, in seconds.
        """
        # Two hiccups with an hour between are no refusal that lasts an hour.
        if self._since is None or now - self._last > _FORGOTTEN_S:
            self._since = now
        self._last = now
        lasts = error.kind is not ErrorKind.TRANSIENT or now - self._since >= REFUSED_S
        return as_it_stands(error, passes=not lasts)

    def accepted(self) -> None:
        """Take note that the server took a token."""
        self._since = None


def as_it_stands(error: AuthenticationError, *, passes: bool) -> AuthenticationError:
    """Return a refusal as one that passes, or as one that needs another token.

    It is a copy, because the error that was raised holds every frame that it went through.

    Args:
        error: What the server said.
        passes: Whether time may mend it.
    """
    return AuthenticationError(
        error.message,
        error.hint,
        code=error.code,
        retry_after_s=error.retry_after_s,
        kind=ErrorKind.TRANSIENT if passes else ErrorKind.NEEDS_TOKEN,
    )


def has_ended(token: Token, headers: Mapping[str, str]) -> bool:
    """Whether a token has ended by the server's own clock, so that it will not be taken again.

    Args:
        token: The token.
        headers: Of the server's answer, by names of any case; without a date nobody can tell.
    """
    if token.expires_at is None:
        return False
    try:
        server_now = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, OverflowError, OSError):
        return False
    return token.expires_at <= server_now
