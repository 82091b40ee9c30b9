"""PostgREST's conditions: `op.value` texts and logic trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.rest.query.rest_conditions import Condition, Logic, parse_condition, parse_logic
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
