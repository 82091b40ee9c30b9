"""Wall clocks of many instants at once, as Python has them one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.view.browser_text.zones import wall_clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = [
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Pacific/Apia",
    "UTC",
]


def us_of(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def shown(moments: list[datetime], zone: str) -> list[datetime]:
    found = wall_clock(np.array([us_of(moment) for moment in moments], np.int64), zone)
    return [EPOCH.replace(tzinfo=None) + timedelta(microseconds=us) for us in found.tolist()]


DAYS = timedelta(days=3)
START = EPOCH.replace(tzinfo=None)
FIRST, LAST = START.replace(year=1), START.replace(year=9999, month=12, day=31)
anywhen = st.datetimes(FIRST + DAYS, LAST - DAYS, timezones=st.just(UTC))
nowadays = st.datetimes(START, START + 15_000 * DAYS, timezones=st.just(UTC))


@given(st.sampled_from(ZONES), st.lists(anywhen | nowadays, max_size=30))
def test_clocks_show_what_python_says(zone: str, moments: list[datetime]) -> None:
    expected = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in moments]
    assert shown(moments, zone) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_a_change_of_the_clock_is_met_to_the_second(zone: str) -> None:
    known = ZoneInfo(zone)
    hours = [EPOCH + timedelta(days=20_000, hours=hour) for hour in range(24 * 740)]
    offsets = [moment.astimezone(known).utcoffset() for moment in hours]
    changed = [hours[at + 1] for at in range(len(hours) - 1) if offsets[at] != offsets[at + 1]]
    near = [
        hour - timedelta(minutes=m, seconds=s)
        for hour in changed
        for m in range(61)
        for s in (0, 1)
    ]
    expected = [moment.astimezone(known).replace(tzinfo=None) for moment in near]
    assert shown(near, zone) == expected


def test_a_zone_that_nobody_knows_is_utc_and_an_offset_is_one() -> None:
    noon = datetime(2026, 3, 14, 12, tzinfo=UTC)
    for zone, hour, minute in (
        ("Etc/Unknown", 12, 0),
        ("Mars/Phobos", 12, 0),
        ("America", 12, 0),
        ("+05:30", 17, 30),
        ("-03:30", 8, 30),
    ):
        assert shown([noon], zone) == [noon.replace(hour=hour, minute=minute, tzinfo=None)]
    assert shown([], "Asia/Tokyo") == []


def test_the_first_and_the_last_times_have_a_clock_too() -> None:
    first, last = -62_135_596_800_000_000, 253_402_300_799_999_999
    for zone in ZONES:
        found = wall_clock(np.array([first, last], np.int64), zone)
        assert abs(found[0] - first) < 86_400_000_000
        assert abs(found[1] - last) < 86_400_000_000
