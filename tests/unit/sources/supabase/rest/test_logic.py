"""Conditions that travel together: no parameter twice, whatever they are made of."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from rtwidget.local.rest.query.rest_conditions import parse_condition, parse_logic
from rtwidget.sources.query.filters import LOGIC, Filter, parse_filter
from rtwidget.sources.supabase.rest.query import Query

OTHERS = frozenset({"select", "order", "limit", "offset"})


def where(text: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True)
    return [pair for pair in pairs if pair[0] not in OTHERS]


def filtered(given: Filter, *key: str) -> Query:
    return Query("t", None, parse_filter(given), (), key or ("id",))


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("or=(a.eq.1,b.eq.2)", [("or", "(a.eq.1,b.eq.2)")]),
        (["or=(a.eq.1,b.eq.2)", "a=gt.0"], [("a", "gt.0"), ("or", "(a.eq.1,b.eq.2)")]),
        (
            ["or=(a.eq.1,b.eq.2)", "or=(c.eq.3,d.eq.4)"],
            [("and", "(or(a.eq.1,b.eq.2),or(c.eq.3,d.eq.4))")],
        ),
        (
            ["or=(a.eq.1,b.eq.2)", "not.and=(c.eq.3,d.is.null)", "x=is.null"],
            [("x", "is.null"), ("and", "(not.and(c.eq.3,d.is.null),or(a.eq.1,b.eq.2))")],
        ),
        (["a=gt.1", "a=lt.5"], [("a", "gt.1"), ("and", '(a.lt."5")')]),
        (
            ["a=gt.1", "a=lt.5", "or=(b.eq.1,c.eq.2)"],
            [("a", "gt.1"), ("and", '(or(b.eq.1,c.eq.2),a.lt."5")')],
        ),
        (
            ['a=not.in.(1,"b,c")', "a=not.is.null", "a=like.x*,(y)"],
            [("a", 'not.in.("1","b,c")'), ("and", '(a.not.is.null,a.like."x*,(y)")')],
        ),
        (
            ["tags=cs.{x,y}", "tags=not.ov.{z}", "t=fts(english).a b"],
            [
                ("t", "fts(english).a b"),
                ("tags", "cs.{x,y}"),
                ("and", '(tags.not.ov."{z}")'),
            ],
        ),
        (
            ["p->>a=eq.x,y)", 'p->>a=not.in.(b,"c)")', "p->>a=is.null"],
            [("p->>a", "eq.x,y)"), ("and", '(p->>a.is.null,p->>a.not.in.("b","c)"))')],
        ),
        (
            ["a=eq.x", 'b=in.("")', 'b=not.in.("")', {"a": [""]}, 'c=not.in.("","d")'],
            [
                ("a", "eq.x"),
                ("b", "eq."),
                ("c", 'not.in.("","d")'),
                ("and", '(a.eq."",b.not.eq."")'),
            ],
        ),
        (
            ['"od\\"d,.()"=eq.v\\"x', '"od\\"d,.()"=neq.w\\"y)', '"od\\"d,.()"=neq.'],
            [
                ('"od\\"d,.()"', 'eq.v\\"x'),
                ("and", '("od\\"d,.()".neq."","od\\"d,.()".neq."w\\\\\\"y)")'),
            ],
        ),
    ],
)
def test_what_all_holds_is_sent_once(given: Filter, sent: list[tuple[str, str]]) -> None:
    assert sorted(where(filtered(given).count())) == sorted(sent)


@pytest.mark.parametrize("key", [("id",), ("a", "b"), ("or", "x,y", "id")])
@pytest.mark.parametrize(
    "given",
    [
        [],
        ["or=(a.eq.1,b.eq.2)"],
        ["or=(a.eq.1,b.eq.2)", "or=(c.eq.3,not.and(d.eq.4,e.in.(5,6)))", "id=gt.0", "a=neq.9"],
        ["and=(a.eq.1,b.eq.2)", "not.or=(c.eq.3,d.eq.4)"],
    ],
)
def test_no_read_sends_a_name_twice_or_two_trees(key: tuple[str, ...], given: Filter) -> None:
    query = filtered(given, *key)
    first, last = (tuple(f"{end},)" for _ in key) for end in ("a", "z"))
    reads = [
        query.page(first, last, 5),
        query.versions("v", first, last, 5),
        query.keys([first, last]),
        query.count(),
        query.last_key(),
        query.key_at(3),
        query.newest("v"),
        query.top(5, 2),
        query.page(None, None, 5),
    ]
    for read in reads:
        names = [name for name, _ in where(read)]
        assert len({*names}) == len(names)
        assert sum(name in LOGIC for name in names) <= 1
        for name, value in where(read):
            # As PostgREST reads them.
            if name in LOGIC:
                parse_logic(name, value)
            else:
                parse_condition(name, value)


def test_what_no_tree_can_hold_travels_as_it_is() -> None:
    for given in (["o.a=eq.1", "o.a=neq.2"], ["p->>a=is.x,b", "p->>a=is.y,b"]):
        assert len(where(filtered(given).count())) == 2
