"""Requests that are too long are refused once, in words that name what makes them so long."""

from __future__ import annotations

from uuid import UUID

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import ErrorKind
from rtwidget.sources.query.filters import parse_filter
from rtwidget.sources.supabase.errors import rest_error
from rtwidget.sources.supabase.rest.query import Query

IDS = [str(UUID(int=n)) for n in range(300)]
FILTERED = TableQuery("public", "t", filters=parse_filter({"id": IDS}))
NAMED = TableQuery("public", "t", columns=tuple(f"column_{n}" for n in range(1_599)))
BOTH = TableQuery("public", "t", NAMED.columns, FILTERED.filters)
PLAIN = TableQuery("public", "t")


def page(wanted: TableQuery) -> str:
    return Query.of(wanted, ("id",)).page(None, None, 1_000)


@pytest.mark.parametrize("status", [400, 414, 431])
@pytest.mark.parametrize(
    ("wanted", "words"),
    [(FILTERED, "`filter=`"), (NAMED, "`columns=`"), (BOTH, "`columns=`")],
)
def test_the_argument_that_is_too_long_is_named(
    status: int, wanted: TableQuery, words: str
) -> None:
    query = page(wanted)
    error = rest_error(status, {}, b"URI too long\n", wanted, query)
    assert error.kind is ErrorKind.NEEDS_USER
    assert words in error.message
    assert words in error.hint
    assert f"{len(query):,}" in error.message
    assert len(error.message) < 300


def test_a_long_key_is_named_where_nothing_else_is_long() -> None:
    query = Query.of(PLAIN, ("id",)).page(("x" * 9_000,), None, 10)
    assert "`primary_key=`" in rest_error(414, {}, b"", PLAIN, query).hint


@pytest.mark.parametrize(
    ("status", "body", "query"),
    [
        (400, b'{"code":"PGRST100","message":"no"}', page(FILTERED)),
        (400, b"", "select=%2A"),
        (414, b"", "select=%2A"),
        (500, b"", page(FILTERED)),
    ],
)
def test_other_refusals_are_not_laid_to_the_length(status: int, body: bytes, query: str) -> None:
    assert "too long" not in rest_error(status, {}, body, FILTERED, query).message
