"""A GET as SQL: quotes, casts, order, counts."""

from __future__ import annotations

import pytest
from psycopg import sql

from rtwidget.local.rest.media import negotiate
from rtwidget.local.rest.query.rest_query import Query, parse_query
from rtwidget.local.rest.query.select_sql import counting_rows, order, select_page, selection, where

TABLE = sql.Identifier("public", "t")


def read(**parameters: str) -> Query:
    return parse_query(parameters.items())


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("a", "eq.1", """ where "public"."t"."a" = '1'"""),
        ("a", "not.like.x*", """ where not ("public"."t"."a" like 'x%')"""),
        ("a", "is.not_null", """ where "public"."t"."a" is not null"""),
        ("a", 'in.(1,"b,\\"c")', """ where "public"."t"."a" = any ( E'{"1","b,\\\\"c"}')"""),
        ("a", "in.()", """ where "public"."t"."a" = any ('{}')"""),
        ("a", "eq(any).{1,2}", """ where "public"."t"."a" = any('{1,2}')"""),
        ("a", "nxr.[1,2]", """ where "public"."t"."a" &< '[1,2]'"""),
        ("a", "eq.O'Brien", """ where "public"."t"."a" = 'O''Brien'"""),
        (
            "or",
            "(a.eq.1,not.and(b.is.null,c.gt.2))",
            (
                """ where ("public"."t"."a" = '1' or not"""
                """ (("public"."t"."b" is null and "public"."t"."c" > '2')))"""
            ),
        ),
    ],
)
def test_conditions(name: str, text: str, written: str) -> None:
    assert where(TABLE, read(**{name: text}).where).as_string() == written


def test_columns_casts_and_aliases() -> None:
    query = read(select="id,k:amount::text")
    assert selection(TABLE, read().select).as_string() == '"public"."t".*'
    assert selection(TABLE, query.select).as_string() == (
        '"public"."t"."id" as "id", cast("public"."t"."amount" as text) as "k"'
    )


def test_an_order_says_no_more_than_was_asked_for() -> None:
    assert order(TABLE, ()).as_string() == ""
    assert order(TABLE, read(order="a.desc.nullslast,b").order).as_string() == (
        ' order by "public"."t"."a" desc nulls last, "public"."t"."b" asc'
    )


def test_the_cap_is_the_limit_where_nothing_smaller_is() -> None:
    json = negotiate(None)
    assert " limit 50 offset 0)" in select_page(TABLE, read(), 50, json, None).as_string()
    fewer = select_page(TABLE, read(limit="5", offset="2"), 50, json, None).as_string()
    assert " limit 5 offset 2)" in fewer


def test_a_count_is_of_all_rows_and_an_estimate_stops_behind_the_cap() -> None:
    query = read(a="eq.1", limit="5")
    assert counting_rows(TABLE, query).as_string() == (
        """select 1 from "public"."t" where "public"."t"."a" = '1'"""
    )
    json = negotiate(None)
    assert "null::int8" in select_page(TABLE, query, 50, json, "planned").as_string()
    assert "= '1') as counted" in select_page(TABLE, query, 50, json, "exact").as_string()
    assert "= '1' limit 51) as counted" in (
        select_page(TABLE, query, 50, json, "estimated").as_string()
    )
