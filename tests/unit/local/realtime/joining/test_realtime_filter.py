"""Filter texts: what the recordings of the real server accept and refuse is tested there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.realtime.joining.join_refusals import SubscriptionRefused
from rtwidget.local.realtime.joining.realtime_filter import (
    Filter,
    parse_filters,
    split_outside,
    unquote,
)


def quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@given(st.text())
def test_a_quoted_value_comes_back(value: str) -> None:
    assert unquote(quoted(value)) == value


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_quoted_values_of_in_come_back(values: list[str]) -> None:
    text = f"c=in.({','.join(map(quoted, values))})"
    assert parse_filters(text) == (Filter("c", "in", tuple(values), negated=False),)


@given(st.text(st.characters(exclude_characters='(),"\\.')))
def test_splitting_loses_nothing(text: str) -> None:
    assert split_outside(text) == text.split(",")
    assert ",".join(split_outside(text + ",(a,b),c")) == text + ",(a,b),c"


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    refused = "Error parsing `filter` params: "
    try:
        filters = parse_filters(text)
    except SubscriptionRefused as refusal:
        filters, refused = (), str(refusal)
    assert refused.startswith("Error parsing `filter` params: ")
    assert all(term.values for term in filters)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=eq.1", [Filter("a", "eq", ("1",), negated=False)]),
        ("a=not.is.null", [Filter("a", "is", ("null",), negated=True)]),
        (
            "a=gt.1,b=in.(x,y)",
            [
                Filter("a", "gt", ("1",), negated=False),
                Filter("b", "in", ("x", "y"), negated=False),
            ],
        ),
        ("", []),
    ],
)
def test_readable_texts(text: str, expected: list[Filter]) -> None:
    assert list(parse_filters(text)) == expected
