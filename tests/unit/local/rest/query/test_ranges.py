"""`limit`, `offset` and the header `Range`, put together."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.query.ranges import Rows, content_range, offset_beyond_end
from rtwidget.local.rest.query.rest_query import parse_query
from rtwidget.local.rest.rest_errors import RestError


@pytest.mark.parametrize(
    ("header", "limit", "offset", "expected"),
    [
        ("0-9", None, None, Rows(0, 9)),
        ("5-", None, None, Rows(5)),
        ("0-9", "3", None, Rows(0, 2)),
        ("0-9", "100", "4", Rows(4, 9)),
        ("nonsense", "3", "1", Rows(1, 3)),
        (None, "0", None, Rows(0, -1)),
        ("3-5", "0", None, Rows(0, -1)),
        (None, "some", None, Rows()),
        (None, None, "some", Rows()),
        (None, None, "7", Rows(7)),
    ],
)
def test_which_rows(
    header: str | None, limit: str | None, offset: str | None, expected: Rows
) -> None:
    pairs = [(name, text) for name, text in (("limit", limit), ("offset", offset)) if text]
    assert parse_query(pairs, header).rows == expected


@pytest.mark.parametrize(
    ("header", "limit", "offset", "details"),
    [
        ("5-3", None, None, "The lower boundary must"),
        (None, "-1", None, "Limit should be"),
        (None, "0", "5", "Limit should be"),
        ("10-20", "5", None, "Limit should be"),
    ],
)
def test_rows_that_there_cannot_be(
    header: str | None, limit: str | None, offset: str | None, details: str
) -> None:
    pairs = [(name, text) for name, text in (("limit", limit), ("offset", offset)) if text]
    with pytest.raises(RestError) as refusal:
        parse_query(pairs, header)
    assert (refusal.value.status, refusal.value.body["code"]) == (416, "PGRST103")
    assert str(refusal.value.body["details"]).startswith(details)


@pytest.mark.parametrize(
    ("first", "count", "total", "header"),
    [
        (0, 3, None, "0-2/*"),
        (5, 2, 7, "5-6/7"),
        (0, 0, None, "*/*"),
        (0, 0, 0, "*/0"),
        (4, 0, 4, "*/4"),
    ],
)
def test_the_content_range(first: int, count: int, total: int | None, header: str) -> None:
    assert content_range(first, count, total) == header


def test_an_offset_behind_the_end_says_how_many_rows_there_are() -> None:
    refusal = offset_beyond_end(9, 4)
    assert (refusal.status, refusal.headers) == (416, {"Content-Range": "*/4"})
    assert str(refusal.body["details"]).endswith("there are only 4 rows.")
