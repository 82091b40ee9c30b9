"""Conditions on a whole key, as PostgREST reads them."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from rtwidget.errors import KeyNotUniqueError
from rtwidget.replica.keys import JsonText
from rtwidget.sources.query.filters import parse_filter
from rtwidget.sources.query.order import parse_order
from rtwidget.sources.supabase.rest.query import Query


def pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, strict_parsing=True)


def query(*key: str, columns: tuple[str, ...] | None = None, order: str | None = None) -> Query:
    return Query("t", columns, parse_filter("status=in.(a,b)"), parse_order(order), key or ("id",))


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
