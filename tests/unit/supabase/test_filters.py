"""The filter language: what is read, what is kept for PostgREST, and what is refused how."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rtwidget.abc import Condition, Expression, Passthrough
from rtwidget.errors import ArgumentError, FilterError
from rtwidget.sources.query.checked_query import checked_query
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


class Status(str, Enum):  # noqa: UP042  (its `str` is its name, unlike that of a StrEnum)
    OPEN = "open"
    DONE = "done"


class Level(Enum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Status.OPEN, Condition("a", "eq", ("open",))),
        (Level.HIGH, Condition("a", "eq", ("3",))),
        (Status, Condition("a", "in", ("done", "open"))),
        ([Status.OPEN, "x"], Condition("a", "in", ("open", "x"))),
        (np.True_, Condition("a", "eq", ("true",))),
        (np.int64(7), Condition("a", "eq", ("7",))),
        (np.float64(7), Condition("a", "eq", ("7",))),
        (7.25, Condition("a", "eq", ("7.25",))),
        (1e300, Condition("a", "eq", ("1e+300",))),
        (np.datetime64("2024-01-02T03:04:05.678"), Condition("a", "eq", ("2024-01-02T03:04:05.678",))),
        (pd.Timestamp("2024-01-02", tz="UTC"), Condition("a", "eq", ("2024-01-02T00:00:00+00:00",))),
        (range(3), Condition("a", "in", ("0", "1", "2"))),
        (np.array([2, 1]), Condition("a", "in", ("1", "2"))),
        (np.array(["2024-01-02"], "M8[ns]"), Condition("a", "in", ("2024-01-02T00:00:00.000000000",))),
        (pd.Series(["x", "y"]), Condition("a", "in", ("x", "y"))),
        (pd.Index([1, 2]), Condition("a", "in", ("1", "2"))),
        ({"x": 1}.keys(), Condition("a", "in", ("x",))),
    ],
)  # fmt: skip
def test_values_of_python_numpy_and_pandas(value: object, expected: Condition) -> None:
    assert parse_filter({"a": value}) == (expected,)


@pytest.mark.parametrize(
    "value",
    [pd.NaT, pd.NA, np.datetime64("NaT"), [None], pd.DataFrame({"x": [1]}), np.array([[1]]), b"x", {"x": 1}],
)  # fmt: skip
def test_values_without_a_text_are_refused(value: object) -> None:
    with pytest.raises(FilterError, match="cannot compare with"):
        parse_filter({"a": value})


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
@pytest.mark.parametrize("given", ["a=eq.{}", "a=in.(x,{})", '"{}"=eq.1', "a=cs.{{{}}}"])
def test_text_that_no_database_holds_is_refused(text: str, given: str) -> None:
    with pytest.raises(FilterError, match="no database holds"):
        parse_filter(given.format(text))
    with pytest.raises(FilterError, match="no database holds"):
        parse_filter({"a": text})


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
@pytest.mark.parametrize(
    "argument", ["table", "schema", "columns", "primary_key", "version", "order_by"]
)
def test_names_that_no_database_holds_are_refused(text: str, argument: str) -> None:
    absent = dict.fromkeys(
        ("columns", "filter", "order_by", "limit", "primary_key", "types", "version")
    )
    asked: dict[str, Any] = {"table": "t", "schema": "public", **absent, argument: text}
    with pytest.raises(ArgumentError, match=argument):
        checked_query(**asked)
