"""The SQL of reads, as text."""

from __future__ import annotations

import pytest

from rtwidget.errors import FilterError, KeyNotUniqueError
from rtwidget.sources.filters import parse_filter
from rtwidget.sources.order import parse_order
from rtwidget.sources.postgres.catalog import Table, TableColumn
from rtwidget.sources.postgres.query import Query
from rtwidget.sources.postgres.statement import Statement
from rtwidget.sources.postgres.terms import conditions_of

TABLE = Table(
    oid=1,
    kind="r",
    role="web",
    owner="owner",
    columns=(
        TableColumn("a", "int8", "pg_catalog"),
        TableColumn('b"%', "mood", "my types"),
        TableColumn("c", "text", "pg_catalog"),
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


def test_a_page_of_a_single_key() -> None:
    statement = query().page((5,), (9,), 100)
    assert text(statement) == (
        f'select {ROW}.* {FROM} where {ROW}."a" > $1::"pg_catalog"."int8" and {ROW}."a" <= $2::"pg_catalog"."int8"'
        f' order by {ROW}."a" asc limit 100'
    )
    assert statement.values == ("5", "9")


def test_a_page_of_a_composite_key_compares_rows() -> None:
    statement = query(("a", 'b"%'), ("c",)).page((5, "x"), None, 7)
    assert text(statement) == (
        f'select {ROW}."a", {ROW}."b""%", {ROW}."c" {FROM}'
        f' where ({ROW}."a", {ROW}."b""%") > ($1::"pg_catalog"."int8", $2::"my types"."mood")'
        f' order by {ROW}."a" asc, {ROW}."b""%" asc limit 7'
    )
    assert statement.values == ("5", "x")


def test_keys_travel_as_one_list_for_each_column() -> None:
    single = query().keys([(1,), (2,)])
    assert text(single).endswith(f'where {ROW}."a" = any ($1::"pg_catalog"."int8"[])')
    assert single.values == (["1", "2"],)
    several = query(("a", "c")).keys([(1, "x"), (2, "y")])
    assert text(several).endswith(
        f'where ({ROW}."a", {ROW}."c") in (select * from rows from '
        '(pg_catalog.unnest($1::"pg_catalog"."int8"[]), pg_catalog.unnest($2::"pg_catalog"."text"[])))'
    )
    assert several.values == (["1", "2"], ["x", "y"])


def test_a_filter_holds_in_every_read_and_its_values_travel_apart() -> None:
    asked = query(given=["c=not.like.x*", "a=in.(2,1)", "c=is.null", "c=eq.'; drop"])
    where = (
        f'where {ROW}."a" = any ($1::"pg_catalog"."int8"[]) and {ROW}."c" = $2'
        f' and {ROW}."c" is null and not ({ROW}."c" like $3)'
    )
    for statement in (
        asked.last_key(),
        asked.top(3),
        asked.newest("c"),
        asked.count(),
        asked.plan(),
    ):
        assert where in text(statement)
        assert statement.values == (["1", "2"], "'; drop", "x%")
    bounded = asked.keys([(7,)])
    assert f'{ROW}."a" = any ($1::"pg_catalog"."int8"[])' in text(bounded)
    assert bounded.values == (["7"], ["1", "2"], "'; drop", "x%")


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
