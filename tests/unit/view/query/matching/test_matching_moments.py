"""Moments are found as the reader sees them, and as the database wrote them."""

from __future__ import annotations

import pytest

from rtwidget.view.query.distinct import distinct
from rtwidget.view.query.view_query import Between, Contains, OneOf, ShownAs, StartsWith
from tests.unit.view.query.looking import MOMENTS, NEW_YORK, column, found


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("2026-03-14", [0, 1]),
        ("2026-03-14 22", [0]),
        ("2026-03-14 22:30:00", [0]),
        ("22:30", [0]),
        ("02:30:00", []),
        ("2026-03-15", []),
        ("2026-03-15T02:30", [0]),
        ("2026-03-15T02:30:00.25+00:00", [0]),
        ("2026-03-15 02:30:00.25+00", [0]),
        ("2026-03-14T22:30:00Z", [1]),
        ("01:30:00", [2, 3]),
        ("null", [5]),
        ("nul", []),
    ],
)
def test_moments_are_found_as_the_reader_sees_them_or_as_the_database_wrote_them(
    typed: str, rows: list[int]
) -> None:
    assert found(MOMENTS, Contains(typed)) == rows
    assert found(MOMENTS, search=typed) == rows


def test_a_moment_is_one_of_those_that_are_shown_so() -> None:
    assert found(MOMENTS, OneOf(("2026-03-14 22:30:00",))) == [0]
    assert found(MOMENTS, OneOf(("2026-03-14 22:30",))) == []
    assert found(MOMENTS, OneOf(("2026-03-15T02:30:00.25+00:00", None))) == [0, 5]
    assert found(MOMENTS, OneOf(("2026-03-15T11:30:00.25+09:00", "2026-11-01 01:30:00"))) == [
        0,
        2,
        3,
    ]


def test_ranges_of_moments_are_by_the_readers_clock() -> None:
    day = Between("2026-03-14T00:00:00", "2026-03-14T23:59:59.999999")
    assert found(MOMENTS, day) == [0, 1]
    assert found(MOMENTS, day, shown_as=ShownAs("UTC")) == [1]
    assert found(MOMENTS, Between("2026-03-14T22:30:00", "2026-03-14T22:30:00.999999")) == [0]
    # Of an hour that is there twice, both are that hour, and what is shown behind it is not in it.
    assert found(MOMENTS, Between("2026-11-01T01:30:00", "2026-11-01T01:40:00")) == [2, 3]
    assert found(MOMENTS, Between("2026-11-01T05:50:00+00:00", None)) == [3, 4]
    assert found(MOMENTS, Between("yesterday", None)) == []


def test_moments_of_other_writers_and_beyond_all_calendars_are_found_too() -> None:
    odd = column(
        [
            "2026-03-15T11:30:00+09:00",
            "infinity",
            "-infinity",
            "0044-03-15T12:00:00+00:00 BC",
            "2026-03-15T08:00:00+05:30",
            None,
        ],
        "timestamptz",
    )
    assert found(odd, Contains("2026-03-14 22:30")) == [0, 4]
    assert found(odd, OneOf(("2026-03-15T02:30:00+00:00",))) == [0, 4]
    assert found(odd, OneOf(("infinity", "2026-03-14 22:30:00"))) == [0, 1, 4]
    assert found(odd, Between("2026-03-14T22:30:00", None)) == [0, 1, 4]
    assert found(odd, Between(None, "2026-03-14T22:29:59")) == [2]
    assert found(odd, Between("what", None)) == []
    assert found(odd, Contains("BC")) == [3]
    assert found(odd, search="INFINITY") == [1, 2]
    wrong = column(["2026-02-30T00:00:00+00:00", "infinity"], "timestamptz")
    assert found(wrong, Between("2026-01-01T00:00:00", None)) == [1]
    assert found(wrong, search="2026-02-30T") == [0]


def test_times_without_a_zone_stand_still() -> None:
    plain = column(["2026-03-15T02:30:00.5", "2026-03-14T22:30:00", None], "timestamp")
    for typed in ("2026-03-15 02:30", "2026-03-15T02:30:00.5", "=", "02:30:00"):
        assert found(plain, Contains(typed)) == ([] if typed == "=" else [0])
    assert found(plain, OneOf(("2026-03-15 02:30:00",))) == [0]
    assert found(plain, Between("2026-03-15T02:30:00", "2026-03-15T02:30:00.999999")) == [0]
    clock = column(["22:30:00+05:30", "09:05:00-03:00", "10:00:00+00:00"], "timetz")
    assert found(clock, Between("09:00:00", "10:00:59.999999")) == [1, 2]
    assert found(clock, Contains("22:30:00+05")) == [0]
    days = column(["2026-03-14", "2026-03-15"], "date")
    assert found(days, Between("2026-03-15", None)) == [1]
    assert found(days, Contains("2026-03")) == [0, 1]


@pytest.mark.parametrize("type_name", ["timestamp", "timestamptz"])
def test_moments_before_the_common_era_are_found_as_they_are_shown(type_name: str) -> None:
    offset = "+00:00" if type_name == "timestamptz" else ""
    before = [f"0044-03-15T12:00:00{fraction}{offset} BC" for fraction in ("", ".5")]
    moments = column([*before, f"0044-03-15T12:00:00{offset}", "infinity", None], type_name)
    offered = dict(distinct(moments, 1, 50, NEW_YORK))
    shown = {str(text): rows for text, rows in offered.items() if str(text).endswith("BC")}
    assert sum(shown.values()) == 2
    for text, rows in shown.items():
        for test in (OneOf((text,)), Contains(text), StartsWith(text)):
            assert len(found(moments, test)) == rows
        assert len(found(moments, search=text)) == rows
