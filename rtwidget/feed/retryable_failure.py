"""A failure that time may mend."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.errors import RtwidgetError


@dataclass(frozen=True, slots=True)
class RetryableFailure:
    """A failure that will be tried again.

    Args:
        error: What failed.
        attempt: How often in a row.
        retry_at: When it is tried again, in Unix seconds.
    """

    error: RtwidgetError
    attempt: int
    retry_at: float | None = None
