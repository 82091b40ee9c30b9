"""The SQL of reads, as text."""

from __future__ import annotations

import pytest

from rtwidget.errors import FilterError, KeyNotUniqueError
from rtwidget.sources.postgres.catalog.catalog import Table, TableColumn
from rtwidget.sources.postgres.read.comparison import Comparison, Operator
from rtwidget.sources.postgres.read.query import Query
from rtwidget.sources.postgres.read.statement import Statement
from rtwidget.sources.postgres.read.terms import conditions_of
from rtwidget.sources.query.filters import parse_filter
from rtwidget.sources.query.order import parse_order


def of(schema: str, over: str | None = None, symbols: str = "< <= = >= >") -> Comparison:
    less, least, equal, most, more = (Operator(schema, one) for one in symbols.split())
    return Comparison((less, least, equal, most, more), over)


TABLE = Table(
    oid=1,
    kind="r",
    role="web",
    owner="owner",
    columns=(
        TableColumn("a", "int8", "pg_catalog", of("pg_catalog")),
        TableColumn('b"%', "mood", "my types", of("pg_catalog", "anyenum")),
        TableColumn("c", "text", "pg_catalog", of("pg_catalog")),
        TableColumn("d", "citext", "ext", of("ext"), patterns=True),
        TableColumn("e", "hstore", "ext", of("ext", symbols="#<# #<=# = #>=# #>#")),
        TableColumn("f", "varchar", "pg_catalog", of("pg_catalog", "text")),
        TableColumn("g", "_citext", "ext", of("pg_catalog", "anyarray")),
        TableColumn("h", "point", "pg_catalog"),
    ),
    keys=(("a",),),
)
ROW = '"rtwidget_row"'
FROM = f'from "public"."my.table" as {ROW}'
FIRST = "select coalesce(pg_catalog.json_agg(rtwidget_page.*), '[]')::pg_catalog.text from ("
LAST = ") as rtwidget_page"


def query(
    key: tuple[str, ...] = ("a",),
    columns: tuple[str, ...] | None = None,
    given: str | list[str] | None = None,
    order: str | None = None,
) -> Query:
    where = conditions_of(parse_filter(given))
    return Query("public", "my.table", TABLE, columns, where, parse_order(order), key)


def text(statement: Statement) -> str:
    shown = statement.text.as_string()
    return shown.removeprefix(FIRST).removesuffix(LAST)


def where(statement: Statement) -> str:
    """Return what stands behind `where`, shortened to what the tests are about."""
    shown = text(statement).partition(" where ")[2].partition(" order by ")[0]
    return shown.replace(f"{ROW}.", "").replace('operator("pg_catalog".', "op(")


def test_a_page_of_a_single_key() -> None:
    statement = query().page((5,), (9,), 100)
    assert text(statement) == (
        f'select {ROW}.* {FROM} where {ROW}."a" operator("pg_catalog".>) $1'
        f' and {ROW}."a" operator("pg_catalog".<=) $2 order by {ROW}."a" asc limit 100'
    )
    assert statement.values == ("5", "9")


def test_a_page_of_a_composite_key_compares_rows() -> None:
    statement = query(("a", 'b"%'), ("c",)).page((5, "x"), None, 7)
    assert text(statement) == (
        f'select {ROW}."a", {ROW}."b""%", {ROW}."c" {FROM}'
        f' where ({ROW}."a", {ROW}."b""%") operator("pg_catalog".>) ($1, $2)'
        f' order by {ROW}."a" asc, {ROW}."b""%" asc limit 7'
    )
    assert statement.values == ("5", "x")


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


def test_a_filter_holds_in_every_read_and_its_values_travel_apart() -> None:
    asked = query(given=["c=not.like.x*", "a=in.(2,1)", "c=is.null", "c=eq.'; drop"])
    held = '"a" op(=) any ($1) and "c" op(=) $2 and "c" is null and not ("c" op(~~) $3)'
    for statement in (asked.last_key(), asked.top(3), asked.newest("c"), asked.count()):
        assert held in where(statement)
        assert statement.values == ('{"1","2"}', "'; drop", "x%")
    bounded = asked.keys([(7,)])
    assert where(bounded).endswith('and "a" op(=) any ($1)')
    assert bounded.values == ('{"7"}', '{"1","2"}', "'; drop", "x%")
    assert asked.plan().values == asked.count().values


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("d=gt.x", '"d" operator("ext".>) $1'),
        ("d=neq.x", 'not ("d" operator("ext".=) $1)'),
        ("d=not.neq.x", '"d" operator("ext".=) $1'),
        ("d=ilike.x*", '"d" operator("ext".~~*) $1'),
        ("e=lte.k=>v", '"e" operator("ext".#<=#) $1'),
        ("g=eq.{a}", '"g" op(=) $1'),
        ('g=in.("{a}","{b}")', '("g" op(=) $1 or "g" op(=) $2)'),
        ("g=in.()", "false"),
        ("f=eq.x", '"f" op(=) $1::"pg_catalog"."varchar"'),
        ("h=eq.(1,2)", '"h" op(=) $1'),
    ],
)
def test_a_filter_compares_as_the_type_does(given: str, held: str) -> None:
    assert where(query(given=given).count()).startswith(held)


def test_orders() -> None:
    top = query(order="c.desc.nullslast").top(5)
    assert text(top).endswith(f'order by {ROW}."c" desc nulls last, {ROW}."a" asc limit 5')
    newest = query(("a", "c")).newest("c")
    assert text(newest).endswith(
        f'order by {ROW}."c" desc nulls last, {ROW}."a" desc, {ROW}."c" desc limit 1'
    )


def test_what_only_postgrest_understands_is_refused() -> None:
    for given in ("or=(a.eq.1,a.eq.2)", "c=fts.word", "c->x=eq.1"):
        with pytest.raises(FilterError, match="Supabase"):
            query(given=given)


def test_a_null_key_is_refused() -> None:
    with pytest.raises(KeyNotUniqueError):
        query().page((None,), None, 1)
