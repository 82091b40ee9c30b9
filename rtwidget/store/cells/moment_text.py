"""Days and moments as the database writes them; rows of one table have few days, so these are remembered."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_SECOND_US: Final = 1_000_000
_DAY_S: Final = 86_400
# A datetime made and written anew for each cell takes three times as long.
_MINUTES: Final = tuple([f"T{minute // 60:02}:{minute % 60:02}:" for minute in range(1440)])
_SECONDS: Final = tuple([f"{second:02}" for second in range(60)])


@lru_cache(maxsize=4096)
def day_text(days: int) -> str:
    """Return a day that is so many days after 1970-01-01 (any thread)."""
    return date.fromordinal(_EPOCH_DAY + days).isoformat()


def moment_text(since_us: int) -> str:
    """Return a moment that is so many microseconds after 1970-01-01 (any thread)."""
    since_s, microseconds = divmod(since_us, _SECOND_US)
    days, second = divmod(since_s, _DAY_S)
    minute, second = divmod(second, 60)
    text = day_text(days) + _MINUTES[minute] + _SECONDS[second]
    # PostgreSQL writes no zeros at the end of a fraction.
    return f"{text}.{microseconds:06}".rstrip("0") if microseconds else text


def moment_text_utc(since_us: int) -> str:
    """Return the same with the offset of UTC (any thread)."""
    return moment_text(since_us) + "+00:00"
