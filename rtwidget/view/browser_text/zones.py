"""Wall-clock times of many instants in a zone of the reader, by Python's own time zone data.

Arrow could do it, but it needs the system's data, which Windows and small containers do not have, and of newer files of that data it
knows no rule for times to come.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Instants = npt.NDArray[np.int64]

_SECOND_US: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_S: Final = -62_135_424_000
"""The third day of year 1: Python knows no time before it, whatever the offset."""
_LAST_S: Final = 253_402_128_000
"""The last days of year 9999, in the same way."""
_OFFSET: Final = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)")
_BLOCK_S: Final = 8 * 86_400
"""No zone changes its offset and takes that back within so short a time."""


def wall_clock(instants_us: Instants, zone: str) -> Instants:
    """Return what clocks of a zone show at some instants, in microseconds after 1970-01-01 there (any thread).

    Args:
        instants_us: Microseconds after 1970-01-01 in UTC.
        zone: An IANA name, or an offset such as +05:30; one that is not known here is UTC.
    """
    if not len(instants_us):
        return instants_us
    # Beyond those days Python knows no offset, so the first and the last one hold on.
    seconds = np.clip(instants_us // _SECOND_US, _FIRST_S, _LAST_S)
    blocks = seconds // _BLOCK_S
    first = int(blocks.min())
    # Counted, which takes no sorting of all the instants.
    there = np.flatnonzero(np.bincount(blocks - first)) + first
    changes = [change for block in there.tolist() for change in _changes(zone, block)]
    since, offsets = np.array(changes, np.int64).T
    local: Instants = (
        instants_us + offsets[np.searchsorted(since, seconds, "right") - 1] * _SECOND_US
    )
    return local


# So many runs of eight days are three and a half centuries of one zone.
@lru_cache(maxsize=16_384)
def _changes(zone: str, block: int) -> tuple[tuple[int, int], ...]:
    """Return the offset at the start of a run of days, and that of a change within it, each with when it begins."""
    known = _zone(zone)
    low, high = block * _BLOCK_S, (block + 1) * _BLOCK_S - 1
    before, after = _offset_s(known, low), _offset_s(known, high)
    start = (low, before)
    if before == after:
        return (start,)
    # Twenty steps find the second of a change, and they are remembered.
    while high - low > 1:
        middle = (low + high) // 2
        if _offset_s(known, middle) == before:
            low = middle
        else:
            high = middle
    return (start, (high, after))


def _offset_s(zone: tzinfo, instant_s: int) -> int:
    moment = _EPOCH + timedelta(seconds=min(max(instant_s, _FIRST_S), _LAST_S))
    offset = moment.astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        size = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-size if offset[1] == "-" else size)
    # A browser may know zones that this machine does not; a search must not fail because of that.
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return UTC
