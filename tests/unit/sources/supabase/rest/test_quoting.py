"""Names and values as PostgREST and URLs want them."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from rtwidget.sources.supabase.rest.quoting import column_name, encoded, quoted


@pytest.mark.parametrize("name", ["a", "A_1", "_x"])
def test_plain_names_stay(name: str) -> None:
    assert column_name(name) == name


@pytest.mark.parametrize("name", ["a b", "1a", "select", "or", "not", "limit", "ä", "a.b", ""])
def test_names_that_mean_something_else_are_quoted(name: str) -> None:
    assert column_name(name) == f'"{name}"'


def test_quotes_and_backslashes_are_escaped_once() -> None:
    assert quoted('a"b\\c') == '"a\\"b\\\\c"'


def test_nothing_of_a_value_ends_it() -> None:
    pairs = [("a&b", "1=2&c #+%"), ("order", "ä desc")]
    text = encoded(pairs)
    assert parse_qsl(text) == pairs
    assert "+" not in text
