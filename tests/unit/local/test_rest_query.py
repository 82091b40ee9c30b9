"""PostgREST query strings as data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.rest_errors import RestError
from rtwidget.local.rest_query import Order, Selected, parse_query
from rtwidget.local.rest_terms import Condition, Logic, parse_condition, parse_logic


def quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_quoted_values_come_back_from_in(values: list[str]) -> None:
    parsed = parse_condition("c", f"in.({','.join(map(quoted, values))})")
    assert parsed == Condition("c", "in", tuple(values), negated=False)


@given(st.text())
def test_a_value_of_a_plain_filter_is_taken_as_it_is(value: str) -> None:
    assert parse_condition("c", f"eq.{value}").values == (value,)


@given(st.text(), st.text(min_size=1))
def test_quoted_names_and_values_come_back_from_a_logic_tree(value: str, name: str) -> None:
    parsed = parse_logic("or", f"({quoted(name)}.not.eq.{quoted(value)},b.is.null)")
    assert parsed.terms[0] == Condition(name, "eq", (value,), negated=True)


@given(st.text())
def test_any_logic_tree_is_read_or_refused(text: str) -> None:
    answer: object = "PGRST100"
    try:
        answer = parse_logic("or", text).terms and answer
    except RestError as refusal:
        answer = refusal.body["code"]
    assert answer == "PGRST100"


def test_nested_logic() -> None:
    inner = Logic("and", (Condition("b", "in", ("1", "2"), negated=False),), negated=True)
    expected = Logic("or", (Condition("a", "eq", ("1",), negated=False), inner), negated=False)
    assert parse_logic("or", "(a.eq.1,not.and(b.in.(1,2)))") == expected


def test_a_whole_query() -> None:
    query = parse_query(
        [
            ("select", 'id,k:amount::text,"a,b"'),
            ("id", "gt.1"),
            ("id", "lt.9"),
            ("order", "a.desc.nullslast,id"),
            ("limit", "5"),
            ("offset", "2"),
        ]
    )
    assert query.select == (Selected("id"), Selected("amount", "text", "k"), Selected("a,b"))
    assert [term.operator for term in query.where if isinstance(term, Condition)] == ["gt", "lt"]
    assert query.order == (Order("a", descending=True, nulls="last"), Order("id", False, None))  # noqa: FBT003
    assert (query.limit, query.offset) == (5, 2)


@pytest.mark.parametrize(
    ("header", "limit", "offset", "expected"),
    [
        ("0-9", None, None, (10, 0)),
        ("5-", None, None, (None, 5)),
        ("0-9", "3", None, (3, 0)),
        ("0-9", "100", "4", (6, 4)),
        ("nonsense", "3", "1", (3, 1)),
    ],
)
def test_range_header(
    header: str, limit: str | None, offset: str | None, expected: tuple[int | None, int]
) -> None:
    pairs = [(name, text) for name, text in (("limit", limit), ("offset", offset)) if text]
    query = parse_query(pairs, header)
    assert (query.limit, query.offset) == expected


@pytest.mark.parametrize("cast", ["text); drop table t", "int--", "a'b", "x(y)"])
def test_a_cast_is_a_type_name_and_nothing_else(cast: str) -> None:
    with pytest.raises(RestError):
        parse_query([("select", f"id::{cast}")])
