"""A failure that time may mend, as users are told of it."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.errors import RtwidgetError


@dataclass(frozen=True, slots=True)
class RetryableFailure:
    """A failure that will be tried again.

    Args:
        error: What failed.
        attempt: How often in a row; 0 for one that is not tried again by itself.
        retry_at: When it is tried again, in Unix seconds.
    """

    error: RtwidgetError
    attempt: int
    retry_at: float | None = None
