"""What people type is what they see: search and filters over cells as they stand on the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.number_text import number_cell
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.arrangement import arrange
from rtwidget.view.distinct import distinct
from rtwidget.view.view_query import (
    Between,
    ColumnFilter,
    Contains,
    IsNull,
    OneOf,
    ShownAs,
    StartsWith,
    Test,
    ViewQuery,
)
from tests.unit.store.snapshots import snapshot_of

NEW_YORK = ShownAs("America/New_York", {"share": ".1%"}, {"x": 2})


def found(
    snapshot: Snapshot, test: Test | None = None, search: str = "", shown_as: ShownAs = NEW_YORK
) -> list[int]:
    """Return the places of the rows that are found, by a filter of the column `c` or by a search."""
    filters = () if test is None else (ColumnFilter(snapshot.schema.names[1], test),)
    made = arrange(snapshot, ViewQuery((), filters, search, shown_as))
    return made.slots.tolist()


def column(cells: Sequence[Cell], type_name: str, name: str = "c") -> Snapshot:
    keys: list[Cell] = [f"row {chr(97 + place)}" for place in range(len(cells))]
    return snapshot_of({"id": keys, name: cells}, {"id": "text", name: type_name})


MOMENTS = column(
    [
        "2026-03-15T02:30:00.25+00:00",  # 2026-03-14 22:30:00 in New York
        "2026-03-14T22:30:00+00:00",  # 18:30:00
        "2026-11-01T05:30:00+00:00",  # 01:30:00, summer time
        "2026-11-01T06:30:00+00:00",  # 01:30:00 again
        "2026-11-01T05:50:00+00:00",  # 01:50:00, between them
        None,
    ],
    "timestamptz",
)


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
    assert found(MOMENTS, OneOf(("2026-03-15T11:30:00.25+09:00", "2026-11-01 01:30:00"))) == [0, 2, 3]


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


def numbers(*texts: str) -> list[Cell]:
    return [number_cell(text) for text in texts]


@pytest.mark.parametrize(
    ("type_name", "cells", "typed", "rows"),
    [
        ("int8", ("1234567", "234567", "-1234"), "1,234", [0, 2]),
        ("int8", ("1234567", "234567", "-1234"), "1234", [0, 2]),
        ("int8", ("1234567", "234567", "-1234"), ",234,", [0]),
        ("int8", ("1234567", "234567", "-1234"), "234,567", [0, 1]),
        ("int8", ("9223372036854775807", "1"), "9,223,372,036,854,775,807", [0]),
        ("numeric", ("1234.50", "1234.5", "0.1234"), "1,234.50", [0]),
        ("numeric", ("1234.50", "1234.5", "0.1234"), "1,234", [0, 1]),
        ("numeric", ("1e+30", "NaN", "-Infinity"), "nan", [1]),
        ("numeric", ("1e+30", "NaN", "-Infinity"), "1E+3", [0]),
        ("float8", ("1234.5678", "1234.5", "-0"), "1,234.57", [0]),
        ("float8", ("1234.5678", "1234.5", "-0"), "1234.5678", [0]),
        ("float8", ("1234.5678", "1234.5", "-0"), "1,234.50", [1]),
        ("float8", ("Infinity", "1e-9", "NaN"), "∞", [0]),
        ("float8", ("Infinity", "1e-9", "NaN"), "infinity", [0]),
        ("float8", ("Infinity", "1e-9", "NaN"), "1e-9", [1]),
    ],
)
def test_numbers_are_found_with_their_separators_or_without(
    type_name: str, cells: tuple[str, ...], typed: str, rows: list[int]
) -> None:
    snapshot = column(numbers(*cells), type_name, "x")
    assert found(snapshot, Contains(typed)) == rows
    assert found(snapshot, search=typed) == rows


def test_numbers_with_a_format_are_found_as_it_writes_them() -> None:
    shares = column(numbers("0.025", "0.125", "0.42", "-0.025"), "numeric", "share")
    assert found(shares, StartsWith("2.5%")) == [0]
    assert found(shares, Contains("2.5%")) == [0, 1, 3]
    assert found(shares, OneOf(("42.0%",))) == [2]
    assert found(shares, OneOf(("0.42",))) == [2]
    assert found(shares, search="42.0%") == [2]
    assert found(shares, search="0.125") == [1]


def test_a_number_is_one_of_those_that_are_equal_or_shown_so() -> None:
    prices = column(numbers("1234.50", "1234.5", "1234.567", "NaN"), "float8", "x")
    assert found(prices, OneOf(("1,234.50",))) == [0, 1]
    assert found(prices, OneOf(("1234.5",))) == [0, 1]
    assert found(prices, OneOf(("1,234.57",))) == [2]
    assert found(prices, OneOf(("1,2345",))) == []
    assert found(prices, OneOf(("NaN",))) == [3]
    whole = column([1234567, 1, None], "int4")
    assert found(whole, OneOf(("1,234,567", "null"))) == [0, 2]
    assert found(whole, StartsWith("1,2")) == [0]
    assert found(whole, StartsWith("null")) == [2]


def test_truth_is_found_by_its_mark_and_by_its_word() -> None:
    truths = column([True, False, None], "bool")
    for typed, rows in (("✓", [0]), ("✗", [1]), ("true", [0]), ("fal", [1]), ("x", [])):
        assert found(truths, Contains(typed)) == rows
        assert found(truths, search=typed) == rows
    assert found(truths, OneOf((True, None))) == [0, 2]
    assert found(truths, OneOf(("✗", "maybe"))) == [1]
    assert found(truths, IsNull()) == [2]


def test_texts_are_found_with_what_stands_for_the_invisible() -> None:
    texts = column(["a\nb\tc", "a⏎b", "", "y" * 400, "null", None, "Straße\x07"], "text")
    for typed, rows in (
        ("a⏎b c", [0]),
        ("A⏎B", [0, 1]),
        ("b c", [0]),
        ('""', [2]),
        ("y" * 300 + "…", [3]),
        ("y" * 350, [3]),
        ("NULL", [4, 5]),
        ("e␇", [6]),
    ):
        assert found(texts, Contains(typed)) == rows
        assert found(texts, search=typed) == rows
    assert found(texts, OneOf(("a⏎b c", "y" * 300 + "…"))) == [0, 3]
    assert found(texts, OneOf(("",))) == [2]
    keys = column(["018f6d2a-7c11-7abc-8def-0123456789ab"], "uuid")
    assert found(keys, search="018f6d2a…89ab") == [0]
    assert found(keys, search="8def-0123") == [0]


def test_values_are_offered_as_they_are_shown_and_chosen_with_their_counts() -> None:
    for snapshot in (
        MOMENTS,
        column(numbers("1234.567", "1234.571", "1234.5", "7"), "float8", "x"),
        column([1234567, 1234567, 42], "int4"),
        column(["a\nb", "a b", "a b", ""], "text"),
        column([True, False, True], "bool"),
        column(["018f6d2a-7c11-7abc-8def-0123456789ab"], "uuid"),
    ):
        for value, rows in distinct(snapshot, 1, 50, NEW_YORK):
            assert isinstance(value, str | bool | None)
            assert len(found(snapshot, OneOf((value,)))) == rows, value
    assert distinct(MOMENTS, 1, 1, NEW_YORK) == [("2026-11-01 01:30:00", 2)]


def big(rows: int) -> Snapshot:
    """Return a table with a column of each kind that is drawn in a way of its own."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    at: list[Cell] = [(start + timedelta(hours=hour)).isoformat() for hour in range(rows)]
    whole: list[Cell] = [7919 * place for place in range(rows)]
    floats = numbers(*[repr(place / 7 + 0.01) for place in range(rows)])
    shares = numbers(*[f"{place}.{place % 90 + 10}" for place in range(rows)])
    texts: list[Cell] = [f"é {place}\t{place % 7}" for place in range(rows)]
    return snapshot_of(
        {"at": at, "n": whole, "x": floats, "share": shares, "name": texts},
        {"at": "timestamptz", "n": "int8", "x": "float8", "share": "numeric", "name": "text"},
    )


def calls(work: Any) -> int:
    """Return how many Python functions are called by some work."""
    count = 0

    def note(_frame: FrameType, event: str, _about: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("typed", ["2026-01-03 2", "1,9", "12.5", "1 4", "%", "2.4%", "null"])
def test_to_look_through_more_rows_takes_no_more_steps_of_python(typed: str) -> None:
    few, many = big(1_500), big(6_000)
    query = ViewQuery((), (), typed, NEW_YORK)
    arrange(few, query)
    small, large = (calls(lambda some=some: arrange(some, query)) for some in (few, many))
    # Zones are looked up once for each eight days, and powers of ten are drawn one by one.
    assert large < 2 * small + 2_000
