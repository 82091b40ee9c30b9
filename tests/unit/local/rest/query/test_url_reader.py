"""Reading a part of a URL from left to right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.rest.query.url_reader import Reader
from rtwidget.local.rest.rest_errors import RestError


@given(st.text())
def test_a_quoted_text_comes_back(value: str) -> None:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    reader = Reader(f'"{escaped}",rest', "filter")
    assert reader.quoted() == value
    assert reader.rest() == ",rest"
    reader.end()


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("a b ,c", "a b", ",c"),
        ("x-y->z", "x-y", "->z"),
        ('"a,b"c', "a,b", "c"),
        ("k$1.", "k$1", "."),
    ],
)
def test_a_name_ends_where_postgrest_ends_it(text: str, name: str, rest: str) -> None:
    reader = Reader(text, "select parameter")
    assert (reader.name(), reader.rest()) == (name, rest)


@pytest.mark.parametrize(
    ("text", "value"), [('"a,b",', "a,b"), ('"a"b,', '"a"b'), ("a b)", "a b"), ('"open', '"open')]
)
def test_an_element_is_quoted_only_where_the_quotes_are_all_of_it(text: str, value: str) -> None:
    assert Reader(text, "filter").element() == value


def test_going_back_to_a_mark() -> None:
    reader = Reader("not.a", "filter")
    mark = reader.mark()
    assert reader.accept("not.")
    reader.back(mark)
    assert reader.rest() == "not.a"


@pytest.mark.parametrize(("text", "found", "wanted"), [("", "end of input", "("), ("x", "x", "(")])
def test_an_error_says_what_was_found_and_what_was_wanted(
    text: str, found: str, wanted: str
) -> None:
    with pytest.raises(RestError) as refusal:
        Reader(text, "logic tree").expect("(")
    assert refusal.value.body["details"] == f'unexpected "{found}" expecting "{wanted}"'
    assert (
        refusal.value.body["message"] == f'"failed to parse logic tree ({text})" (line 1, column 1)'
    )
