"""The filter language: what is read, what is kept for PostgREST, and what is refused how."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rtwidget.abc import Condition, Expression, Passthrough
from rtwidget.errors import FilterError
from rtwidget.sources.query.filters import Filter, parse_filter


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("status=eq.pending", Condition("status", "eq", ("pending",))),
        ("status=not.eq.pending", Condition("status", "eq", ("pending",), negated=True)),
        ("title=eq.a=b.c,d", Condition("title", "eq", ("a=b.c,d",))),
        ("score=gte.0.5", Condition("score", "gte", ("0.5",))),
        ("due=is.NULL", Condition("due", "is", ("null",))),
        ('"a.b=c"=eq.1', Condition("a.b=c", "eq", ("1",))),
        ('"say \\"hi\\""=eq.1', Condition('say "hi"', "eq", ("1",))),
        ("status=in.(b,a,a)", Condition("status", "in", ("a", "b"))),
        ('agent=in.("a,b","c\\"d",e f)', Condition("agent", "in", ("a,b", 'c"d', "e f"))),
        ("agent=in.()", Condition("agent", "in", ())),
        ({"status": "eq.x"}, Condition("status", "eq", ("eq.x",))),
        ({"due": None}, Condition("due", "is", ("null",))),
        ({"due": date(2026, 1, 2)}, Condition("due", "eq", ("2026-01-02",))),
        ({"urgent": True}, Condition("urgent", "eq", ("true",))),
        ({"amount": Decimal("1.10")}, Condition("amount", "eq", ("1.10",))),
        ({"id": [2, 1]}, Condition("id", "in", ("1", "2"))),
        ("or=(a.eq.1,b.eq.2)", Passthrough("or=(a.eq.1,b.eq.2)")),
        ("tags=cs.{a}", Passthrough("tags=cs.{a}")),
        ("title=fts(english).cat", Passthrough("title=fts(english).cat")),
        ("title=like(any).{a*,b*}", Passthrough("title=like(any).{a*,b*}")),
        ("payload->>kind=eq.x", Passthrough("payload->>kind=eq.x")),
    ],
)
def test_reads_one_piece(given: Filter, expected: Expression) -> None:
    assert parse_filter(given) == (expected,)


def test_several_pieces_have_one_form_whatever_their_order() -> None:
    one = parse_filter(["status=eq.pending", {"id": 1, "due": None}])
    other = parse_filter([{"due": None}, "id=eq.1", "status=eq.pending", "id=eq.1"])
    assert one == other
    assert hash(one) == hash(other)
    assert len(one) == 3


def test_no_filter_is_no_condition() -> None:
    assert parse_filter(None) == parse_filter([]) == parse_filter({}) == ()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("status", "status"),
        ("=eq.1", "=eq.1"),
        ("status=pending", "'pending'"),
        ("status= eq.pending", "' eq'"),
        ("status=foo.bar", "'foo'"),
        ("status=not.not.eq.x", "'not'"),
        ("due=is.5", "'5'"),
        ("id=in.1,2", "parentheses"),
        ('id=in.("a', "parentheses"),
        ('id=in.("a)', "quote"),
        ('id=in.("a"b)', "quote"),
        ("or=a.eq.1", "parentheses"),
        ({"": 1}, "''"),
        ({"a": {"b": 1}}, "'a'"),
        ({"a": [None]}, "'a'"),
        ({"a": b"x"}, "'a'"),
        ([7], "int"),
        (7, "int"),
    ],
)
def test_a_malformed_piece_is_named_with_the_reason_and_an_example(
    given: Filter, named: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(given)
    assert named in caught.value.message
    assert "." in caught.value.hint


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
@pytest.mark.parametrize("given", ["a=eq.{}", "a=in.(x,{})", '"{}"=eq.1', "a=cs.{{{}}}"])
def test_text_that_no_database_holds_is_refused(text: str, given: str) -> None:
    with pytest.raises(FilterError, match="no database holds"):
        parse_filter(given.format(text))
    with pytest.raises(FilterError, match="no database holds"):
        parse_filter({"a": text})
