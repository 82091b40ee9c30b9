"""Days and moments are written as PostgreSQL's JSON has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.store.cells.moment_text import day_text, moment_text, moment_text_utc

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_any_moment_is_written_as_iso_without_zeros_at_the_end(moment: datetime) -> None:
    since_us = (moment - EPOCH) // timedelta(microseconds=1)
    written = moment.replace(tzinfo=None).isoformat()
    expected = written.rstrip("0") if "." in written else written
    assert moment_text(since_us) == expected
    assert moment_text_utc(since_us) == expected + "+00:00"


def test_days_before_1970_are_days_too() -> None:
    assert [day_text(days) for days in (-1, 0, 19_782)] == [
        "1969-12-31",
        "1970-01-01",
        "2024-02-29",
    ]
