"""Filters and orders mean what they mean in SQL."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import (
    ErrorKind,
    FilterError,
    SourceError,
)
from rtwidget.local import LocalBackend
from tests.integration.postgres.conftest import OpenSource
from tests.integration.postgres.paging import pages


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ("n=gte.2", "n >= 2"),
        ("n=not.eq.2", "n <> 2"),
        ('tag=in.(a,"b,c",%)', "tag in ('a', 'b,c', '%')"),
        ("tag=like.*b*", "tag like '%b%'"),
        ("tag=ilike.B*", "tag ilike 'b%'"),
        ("tag=not.like.b%", "not tag like 'b%'"),
        ({"tag": None}, "tag is null"),
        ("flag=is.true", "flag"),
        ("flag=not.is.null", "flag is not null"),
        ("n=in.()", "false"),
        (["n=gt.1", "n=lt.4"], "n in (2, 3)"),
        ("tag=eq.'; drop table x; --", "false"),
        ("kind=eq.old", "kind = 'old'"),
        ("kind=in.(old,new)", "kind is not null"),
        ("small=in.(1,3)", "small in (1, 3)"),
    ],
)
async def test_filters_mean_what_they_mean_in_sql(
    backend: LocalBackend, name: str, open_source: OpenSource, given: Any, where: str
) -> None:
    backend.sql(
        f"drop type if exists kind_{name} cascade; drop domain if exists small_{name} cascade"
    )
    backend.sql(
        f"create type kind_{name} as enum ('old', 'new'); create domain small_{name} as int2"
    )
    backend.sql(
        f"create table {name} (n int primary key, tag text, flag bool, kind kind_{name}, small small_{name})"
    )
    backend.sql(
        f"insert into {name} values (1, 'a', true, 'old', 1), (2, 'b,c', false, 'new', 2),"
        f" (3, '%', null, 'old', 3), (4, 'Bb', true, null, null), (5, null, null, 'new', 5)"
    )
    try:
        found = [row[0] for row in await pages(await open_source(filter=given, columns=["n"]))]
        assert found == [
            row[0] for row in backend.sql(f"select n from {name} where {where} order by n")
        ]
    finally:
        backend.sql(f"drop table {name}; drop type kind_{name}; drop domain small_{name}")


async def test_top_rows_come_in_the_users_order_with_the_key_between_equals(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key, score int)")
    backend.sql(f"insert into {name} select g, nullif(g % 5, 4) from generate_series(1, 50) g")
    for order, sql in (
        ("score.desc", "score desc"),
        ("score.desc.nullslast", "score desc nulls last"),
    ):
        answer = await (await open_source(order_by=order, limit=13)).read_top(13, 13)
        assert answer.rows == backend.sql(f"select * from {name} order by {sql}, id limit 13")
        assert answer.whole


async def test_a_filter_value_of_another_type_needs_the_user(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key, n int)")
    for given in ("n=eq.x", "n=like.1*", "n=in.(1,x)"):
        with pytest.raises(SourceError) as caught:
            await (await open_source(filter=given)).last_key()
        assert caught.value.kind is ErrorKind.NEEDS_USER
    with pytest.raises(FilterError, match="Supabase"):
        await open_source(filter="or=(n.eq.1,n.eq.2)")
