"""What restricts a read to some keys, as SQL."""

from __future__ import annotations

import pytest

from rtwidget.errors import KeyNotUniqueError
from tests.unit.sources.postgres.read.statements import query, where


def test_columns_that_need_several_operators_are_compared_one_by_one() -> None:
    statement = query(("a", "d", "e")).page((5, "x", "k=>v"), (6, "y", "l=>w"), 7)
    assert where(statement) == (
        '"a" op(>=) $1 and ("a" op(>) $1 or "a" op(=) $1 and ("d" operator("ext".>) $2 or'
        ' "d" operator("ext".=) $2 and "e" operator("ext".#>#) $3))'
        ' and "a" op(<=) $4 and ("a" op(<) $4 or "a" op(=) $4 and ("d" operator("ext".<) $5 or'
        ' "d" operator("ext".=) $5 and "e" operator("ext".#<=#) $6))'
    )
    assert statement.values == ("5", "x", "k=>v", "6", "y", "l=>w")


def test_keys_travel_as_one_list_for_each_column() -> None:
    single = query().keys([(1,), ('"\\',)])
    assert where(single) == '"a" op(=) any ($1)'
    assert single.values == ('{"1","\\"\\\\"}',)
    several = query(("a", "c")).keys([(1, "x"), (2, "y")])
    assert where(several) == (
        'exists (select from rows from (pg_catalog.unnest($1::"pg_catalog"."int8"[]),'
        ' pg_catalog.unnest($2::"pg_catalog"."text"[])) as rtwidget_key("part0", "part1")'
        ' where "a" op(=) rtwidget_key."part0" and "c" op(=) rtwidget_key."part1")'
    )
    assert several.values == ('{"1","2"}', '{"x","y"}')


def test_no_type_is_named_that_a_role_might_not_use() -> None:
    several = query(("a", "d")).keys([(1, "x"), (2, "y")])
    assert where(several) == (
        '(("a" op(=) $1 and "d" operator("ext".=) $2) or ("a" op(=) $3 and "d" operator("ext".=) $4))'
    )
    assert where(query(("f",)).keys([("x",)])) == '"f" op(=) any ($1::"pg_catalog"."varchar"[])'


def test_arrays_are_given_back_as_arrays() -> None:
    shown = '["a\\"b",null,"NULL",["x"]]'
    several = query(("g",)).keys([(shown,), ("[1.50,true]",)])
    assert where(several) == '("g" op(=) $1 or "g" op(=) $2)'
    assert several.values == ('{"a\\"b",NULL,"NULL",{"x"}}', '{"1.50",true}')


def test_a_null_key_is_refused() -> None:
    with pytest.raises(KeyNotUniqueError):
        query().page((None,), None, 1)
