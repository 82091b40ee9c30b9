"""How a filter's text is cut."""

from __future__ import annotations

import pytest

from rtwidget.errors import FilterError
from rtwidget.sources.query.filter_text import list_values, split_name, unescape


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a=eq.1=2", ("a", "=", "eq.1=2")),
        ('"a=b"=eq.1', ('"a=b"', "=", "eq.1")),
        ('"a\\"=b"=eq.1', ('"a\\"=b"', "=", "eq.1")),
        ('"never closed=eq.1', ("", "=", "eq.1")),
        ("nothing", ("nothing", "", "")),
    ],
)
def test_a_name_ends_at_the_first_sign_outside_of_quotes(
    text: str, parts: tuple[str, str, str]
) -> None:
    assert split_name(text) == parts


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ("()", []),
        ("(a,b)", ["a", "b"]),
        ("(a,)", ["a", ""]),
        ('("a,b",c)', ["a,b", "c"]),
        ('("a\\"b")', ['a"b']),
    ],
)
def test_lists(value: str, values: list[str]) -> None:
    assert list_values("f", value) == values


@pytest.mark.parametrize("value", ["a", "(a", "a)", '("a)', '("a"b)'])
def test_lists_that_cannot_be_read(value: str) -> None:
    with pytest.raises(FilterError, match="'f'"):
        list_values("f", value)


def test_a_backslash_takes_whatever_follows() -> None:
    assert unescape('a\\"b\\\\c\\\nd') == 'a"b\\c\nd'
