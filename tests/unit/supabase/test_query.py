"""The URLs: keyset pages, key reads, odd names and values."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import KeyNotUniqueError
from rtwidget.replica.keys import JsonText
from rtwidget.sources.query.filters import parse_filter
from rtwidget.sources.query.order import parse_order
from rtwidget.sources.supabase.rest.query import QUERY_BYTES, Query


def pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, strict_parsing=True)


def query(*key: str, columns: tuple[str, ...] | None = None, order: str | None = None) -> Query:
    return Query("t", columns, parse_filter("status=in.(a,b)"), parse_order(order), key or ("id",))


GATEWAY_BYTES = 8_192 - 200  # what the rest of the line takes
WHERE = ("status", 'in.("a","b")')


def test_a_page_continues_after_the_last_key_up_to_the_greatest() -> None:
    assert pairs(query().page((7,), (99,), 500)) == [
        ("select", "*"),
        WHERE,
        ("id", "gt.7"),
        ("and", '(id.lte."99")'),
        ("order", "id.asc"),
        ("limit", "500"),
    ]


def test_a_single_key_is_compared_verbatim() -> None:
    assert ("id", 'gt.a,"b".(c)') in pairs(query().page(('a,"b".(c)',), None, 1))


def test_a_composite_key_decides_column_by_column() -> None:
    text = pairs(query("a", "b", "c").page((1, "x", True), (2, "y", False), 5))
    first = 'or(a.gt."1",and(a.eq."1",or(b.gt."x",and(b.eq."x",c.gt."true"))))'
    last = 'or(a.lt."2",and(a.eq."2",or(b.lt."y",and(b.eq."y",c.lte."false"))))'
    assert ("and", f"({first},{last})") in text
    assert ("or", first[2:]) in pairs(query("a", "b", "c").page((1, "x", True), None, 5))
    assert ("order", "a.asc,b.asc,c.asc") in text


def test_keys_are_read_in_one_list() -> None:
    assert pairs(query().keys([(1,), ('q"\\',)]))[-1] == ("id", 'in.("1","q\\"\\\\")')
    assert pairs(query("a", "b").keys([(1, "x"), (2, "y")]))[-1] == (
        "or",
        '(and(a.eq."1",b.eq."x"),and(a.eq."2",b.eq."y"))',
    )


def test_one_key_is_compared_because_a_list_of_one_empty_text_is_none() -> None:
    assert pairs(query().keys([("",)]))[-1] == ("id", "eq.")
    assert pairs(query().keys([("",), ('q"',)]))[-1] == ("id", 'in.("","q\\"")')
    assert pairs(query("status").keys([('a"',)]))[-1] == ("and", '(status.eq."a\\"")')


def test_many_keys_are_asked_in_queries_of_bearable_length() -> None:
    composite = [(f'{n},"', n) for n in range(200)]
    batches = query("a", "b").key_batches(composite)
    assert max(map(len, batches)) <= QUERY_BYTES
    terms = ",".join(pairs(batch)[-1][1][1:-1] for batch in batches)
    assert f"({terms})" == pairs(query("a", "b").keys(composite))[-1][1]
    assert len(query().key_batches([(n,) for n in range(200)])) == 1
    assert query("a", "b").key_batches([("x" * 9_000, 1)]) == [
        query("a", "b").keys([("x" * 9_000, 1)])
    ]


def test_a_long_filter_does_not_ask_for_every_key_alone() -> None:
    long = Query("t", None, parse_filter({"a": "x" * 7_000}), (), ("id",))
    batches = long.key_batches([(n,) for n in range(200)])
    assert len(batches) == 4
    assert max(map(len, batches)) < GATEWAY_BYTES
    endless = Query("t", None, parse_filter({"a": "x" * 9_000}), (), ("id",))
    assert len(endless.key_batches([(n,) for n in range(200)])) == 2


def test_the_greatest_key_needs_one_row_of_key_columns() -> None:
    assert pairs(query("a", "b").last_key()) == [
        ("select", "a,b"),
        WHERE,
        ("order", "a.desc,b.desc"),
        ("limit", "1"),
    ]


def test_a_bound_is_the_key_at_an_offset_of_the_same_query() -> None:
    assert pairs(query("a", "b").key_at(250)) == [
        ("select", "a,b"),
        WHERE,
        ("order", "a.asc,b.asc"),
        ("limit", "1"),
        ("offset", "250"),
    ]


def test_top_rows_are_ordered_by_the_user_then_by_key() -> None:
    top = query("id", order="created_at.desc.nullslast")
    assert pairs(top.top(10, 0))[2:] == [
        ("order", "created_at.desc.nullslast,id.asc"),
        ("limit", "10"),
    ]
    assert pairs(top.top(10, 4))[-1] == ("offset", "4")
    assert pairs(query("id", order="id.desc").top(1, 0))[2] == ("order", "id.desc")


def test_key_columns_are_always_selected_first() -> None:
    assert query("a", "id", columns=("title", "id")).selected == ("a", "title", "id")


def test_odd_names_are_quoted_and_encoded() -> None:
    odd = Query("t", ("naïve", "a.b", "limit"), parse_filter({"order": 1}), (), ('x"; --',))
    text = odd.page((1,), None, 1)
    assert pairs(text)[:3] == [
        ("select", '"x\\"; --","naïve","a.b","limit"'),
        ('"order"', "eq.1"),
        ('"x\\"; --"', "gt.1"),
    ]
    assert not set(text) & set(' "<>,;')


def test_expressions_of_postgrest_pass_through() -> None:
    passing = Query("t", None, parse_filter(["or=(a.eq.1,b.eq.2)", "tags=cs.{x}"]), (), ("id",))
    assert pairs(passing.count())[1:] == [("or", "(a.eq.1,b.eq.2)"), ("tags", "cs.{x}")]


def test_a_null_key_is_refused() -> None:
    with pytest.raises(KeyNotUniqueError):
        query().page((None,), None, 1)


def test_an_array_is_written_as_its_type_reads_it() -> None:
    arrays = Query("t", None, (), (), ("path",), frozenset({"path"}))
    first, second = ("[1,[2,null]]",), ('["a,\\"b","{x}"]',)
    assert ("path", 'gt.{"1",{"2",NULL}}') in pairs(arrays.page(first, None, 5))
    (term,) = [value for name, value in pairs(arrays.keys([first, second])) if name == "or"]
    assert term.count("path.eq.") == 2
    assert " in." not in term
    both = Query("t", None, (), (), ("a", "path"), frozenset({"path"}))
    assert "path.eq." in dict(pairs(both.keys([(1, "[2]")])))["or"]


def test_a_text_in_a_key_of_json_keeps_its_quotes() -> None:
    documents = Query("t", None, (), (), ("id",), documents=frozenset({"id"}))
    assert ("id", 'gt."5"') in pairs(documents.page(("5",), None, 5))
    assert ("id", "gt.5") in pairs(documents.page((5,), None, 5))
    assert ("id", 'in.("\\"5\\"","{\\"a\\":1}")') in pairs(
        documents.keys([("5",), (JsonText('{"a":1}'),)])
    )


def test_key_columns_that_are_known_to_be_arrays_or_json() -> None:
    types = {"a": "_int4", "b": "jsonb", "c": None, "d": "_text"}
    found = Query.of(TableQuery("public", "t"), ("a", "b", "c"), types)
    assert (found.arrays, found.documents) == (frozenset("a"), frozenset("b"))
