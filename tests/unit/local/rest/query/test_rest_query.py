"""PostgREST query strings as data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.rest.query.ranges import Rows
from rtwidget.local.rest.query.rest_conditions import Condition, Logic, parse_condition, parse_logic
from rtwidget.local.rest.query.rest_query import parse_query, query_pairs
from rtwidget.local.rest.query.select_and_order import Order, Selected
from rtwidget.local.rest.rest_errors import RestError


def quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@given(st.lists(st.text(), min_size=1, max_size=4).filter(lambda values: values != [""]))
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
    assert answer in {"PGRST100", "LOCAL501"}


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
            ("order", "of several the first counts"),
            ("limit", "5"),
            ("offset", "2"),
        ]
    )
    assert query.select == (Selected("id"), Selected("amount", "text", "k"), Selected("a,b"))
    assert [term.operator for term in query.where if isinstance(term, Condition)] == ["gt", "lt"]
    assert query.order == (Order("a", descending=True, nulls="last"), Order("id", False, None))  # noqa: FBT003
    assert query.rows == Rows(2, 6)


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
    ("text", "terms"),
    [
        ("(a.eq.1, b.eq.2)", [("a", "eq", ("1",)), ("b", "eq", ("2",))]),
        ("( a.eq.1 , b.is.null )", [("a", "eq", ("1 ",)), ("b", "is", ("null",))]),
        ('( "c d".eq."q",e f.in.( 1, 2))', [("c d", "eq", ("q",)), ("e f", "in", ("1", " 2"))]),
        ("(a.cs.{1,2}, b.eq.)", [("a", "cs", ("{1,2}",)), ("b", "eq", ("",))]),
        ("(and.eq.1,or.eq.2)", [("and", "eq", ("1",)), ("or", "eq", ("2",))]),
    ],
)
def test_spaces_stand_around_terms_and_belong_to_values(
    text: str, terms: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    parsed = parse_logic("or", text)
    assert parsed.terms == tuple(Condition(*term, negated=False) for term in terms)


def test_spaces_around_nested_logic() -> None:
    inner = Logic("and", (Condition("b", "in", ("1 ",), negated=True),), negated=True)
    expected = Logic("or", (inner, Condition("a", "eq", ("1",), negated=False)), negated=False)
    assert parse_logic("or", "( not.and ( b.not.in.( 1 ) ) , a.eq.1)") == expected


def test_quantified_operators() -> None:
    parsed = parse_condition("a", "not.like(any).{x*,y}")
    assert parsed == Condition("a", "like", ("{x*,y}",), negated=True, quantifier="any")
    for refused in ("neq(any).{1}", "eq(some).{1}", "in(any).(1)", "eq().1"):
        with pytest.raises(RestError):
            parse_condition("a", refused)


def test_an_empty_list_and_one_of_the_empty_text_are_the_same_to_postgrest() -> None:
    assert parse_condition("a", "in.()").values == parse_condition("a", 'in.("")').values == ()


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("select", "id,other(name)")], "LOCAL501"),
        ([("select", "o:other!inner(name)")], "LOCAL501"),
        ([("select", "...other(name)")], "LOCAL501"),
        ([("select", "data->key")], "LOCAL501"),
        ([("select", "k:data->>key::text")], "LOCAL501"),
        ([("select", "count()")], "PGRST123"),
        ([("select", "total:price.sum()")], "PGRST123"),
        ([("select", "a.b")], "PGRST100"),
        ([("select", "id,")], "PGRST100"),
        ([("select", "id)x")], "PGRST100"),
        ([("order", "other(name).desc")], "LOCAL501"),
        ([("order", "data->key")], "LOCAL501"),
        ([("order", "id.desc.sideways")], "PGRST100"),
        ([("order", "id"), ("order", "id.sideways")], "PGRST100"),
        ([("order", "")], "PGRST100"),
        ([("data->>key", "eq.1")], "LOCAL501"),
        ([("text", "wfts(english).x")], "LOCAL501"),
        ([("other.name", "eq.1")], "PGRST108"),
        ([("other.order", "id")], "PGRST108"),
        ([("other.or", "(a.eq.1)")], "PGRST108"),
        ([("a+b", "eq.1")], "PGRST100"),
        ([("id", "1")], "PGRST100"),
    ],
)
def test_what_is_not_done_here_is_refused_by_name(pairs: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(RestError) as refusal:
        parse_query(pairs)
    assert refusal.value.body["code"] == code


def test_names_are_read_as_postgrest_reads_them() -> None:
    query = parse_query(
        [("select", ' a b ,x-y:"c,d"::text, k$1'), ('"order"', "eq.1"), ("é", "eq.2")]
    )
    assert query.select == (Selected("a b"), Selected("c,d", "text", "x-y"), Selected("k$1"))
    assert [term.column for term in query.where if isinstance(term, Condition)] == ["order", "é"]


def test_a_raw_query_string() -> None:
    text = "a=eq.1+2&b=eq.%2B&c&d=;e=x%3By"
    assert query_pairs(text) == [("a", "eq.1 2"), ("b", "eq.+"), ("d", ""), ("e", "x;y")]


@pytest.mark.parametrize("cast", ["text); drop table t", "int--", "a'b", "x(y)", "text[]"])
def test_a_cast_is_a_type_name_and_nothing_else(cast: str) -> None:
    with pytest.raises(RestError):
        parse_query([("select", f"id::{cast}")])
