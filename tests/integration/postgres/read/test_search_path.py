"""Filters, refusals and hints where the reader's search path finds nothing, or something of somebody else's."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rtwidget.errors import ErrorKind, KeyNotUniqueError, SourceError
from rtwidget.local import LocalBackend
from tests.integration.postgres.conftest import (
    OpenSource,
    OpenTable,
    announced,
    until_state,
    until_true,
)
from tests.integration.postgres.paging import numbers, pages

pytestmark = pytest.mark.usefixtures("foreign_types")
ROWS = 300


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ("name=eq.ada", "name operator(apart.=) 'ADA'"),
        ("name=neq.ADA", "name operator(apart.<>) 'ada'"),
        ({"name": ["ADA", "bob"]}, "lower(name::text) in ('ada', 'bob')"),
        ("name=not.in.(ADA)", "lower(name::text) <> 'ada'"),
        ("name=gt.BOB", "lower(name::text) > 'bob'"),
        ("name=lte.BOB", "lower(name::text) <= 'bob'"),
        ("name=like.A*", "name::text ilike 'a%'"),
        ("name=not.ilike.a*", "name::text not ilike 'a%'"),
        ("version=gte.1.10", "n >= 10"),
        ("version=lt.1.10", "n < 10"),
        ("tags=eq.{a,B}", "n = 3"),
        ('tags=in.("{a,B}","{}")', "n = 3"),
        ("path=lt.b", "path operator(apart.<) 'b'"),
        ("mood=gt.sad", "mood <> 'sad'"),
        ({"mood": ["sad", "ok"]}, "mood <> 'happy'"),
        ("h=eq.a=>1", "n = 1"),
        ({"kind": ["int4", "text"]}, "kind = 'int4'::regtype"),
    ],
)
async def test_filters_compare_as_the_type_does(
    backend: LocalBackend, name: str, open_source: OpenSource, given: Any, where: str
) -> None:
    backend.sql(
        f"create table {name} (n int primary key, name apart.citext, version apart.semver, tags apart.citext[],"
        f" path apart.ltree, mood apart.mood, h apart.hstore, kind regtype)"
    )
    backend.sql(
        f"insert into {name} select g, (array['ada', 'ADA', 'Bob', 'cy'])[g % 4 + 1], ('1.' || g)::apart.semver,"
        " case g when 3 then '{A,b}'::apart.citext[] end, (array['a', 'b', 'a.b'])[g % 3 + 1]::apart.ltree,"
        " (array['sad', 'ok', 'happy'])[g % 3 + 1]::apart.mood, case g when 1 then 'a=>1'::apart.hstore end,"
        " (array['int4', 'bool'])[g % 2 + 1]::regtype from generate_series(1, 20) g"
    )
    found = [row[0] for row in await pages(await open_source(filter=given, columns=["n"]))]
    assert found == numbers(backend, f"select n from {name} where {where} order by n")
    assert found


async def test_types_of_a_schema_without_usage_are_not_named(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql("revoke usage on schema apart from public")
    try:
        backend.sql(
            f"create table {name} (n int, mood apart.mood, who apart.email, primary key (n, mood))"
        )
        backend.sql(f"insert into {name} values (1, 'ok', 'a@x'), (2, 'sad', 'b@x')")
        source = await open_source(filter="mood=gt.sad")
        assert (await source.read_keys([(1, "ok"), (2, "sad")])).rows == [(1, "ok", "a@x")]
        assert await source.key_bounds(2) == [(1, "ok")]
        source = await open_source(filter="who=eq.A@X")
        assert (await source.read_page(None, None, 5)).rows == [(1, "ok", "a@x")]
        source = await open_source(filter="who=like.a*")
        with pytest.raises(SourceError) as caught:
            await source.read_page(None, None, 5)
        assert 'grant usage on schema "apart" to "web";' in caught.value.hint
    finally:
        backend.sql("grant usage on schema apart to public")


async def test_nothing_planted_on_the_search_path_is_called(
    backend: LocalBackend, name: str, open_source: OpenSource, open_table: OpenTable, web: str
) -> None:
    announced(backend, name, "k text, i int, o oid, primary key (k, i)")
    backend.sql(f"insert into {name} select 'k' || g % 9, g, g from generate_series(1, {ROWS}) g")
    backend.sql("create schema planted; grant usage on schema planted to public")
    try:
        for one in ("text", "int4", "oid", "name", '"char"', "int2", "int8", "bool", "regclass"):
            symbols = ["=", "<", "<=", ">", ">=", "<>"] + (["~~"] if one == "text" else [])
            for place, symbol in enumerate(symbols):
                function = f"planted.f{place}"
                backend.sql(
                    f"create function {function}({one}, {one}) returns boolean language plpgsql"
                    " as $$ begin raise exception 'planted'; end $$;"
                    f"create operator planted.{symbol} (leftarg = {one}, rightarg = {one}, function = {function})"
                )
        path = f"{web}?options=-c%20search_path%3Dplanted%2Cpg_catalog"
        source = await open_source(
            source=path, filter=["i=gt.0", "k=like.k*", {"o": [*range(1, ROWS + 1)]}], version="i"
        )
        wanted = numbers(backend, f"select i from {name} order by k, i")
        assert [row[1] for row in await pages(source, 70)] == wanted
        assert (await source.read_keys([("k1", 1), ("k2", 2)])).whole
        assert len(await source.key_bounds(4)) == 3
        assert (await source.probe()) is not None
        assert (await source.read_versions(None, None, 5)).rows
        plain = await open_source(source=path, primary_key="i")
        backend.sql(f"analyze {name}")
        assert len(await plain.key_bounds(4)) == 3
        top = await open_source(source=path, order_by="k.desc", limit=3)
        assert [row[0] for row in (await top.read_top(3, 3)).rows] == ["k8"] * 3
        table = open_table(source=path)
        await asyncio.to_thread(until_state, table, "live")
    finally:
        backend.sql("drop schema planted cascade")


async def test_a_type_without_an_order_is_refused_at_the_start(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create type two_{name} as (x int, y int)")
    backend.sql(
        f"create table {name} (n int primary key, p point not null, h apart.hstore not null, c two_{name} unique not null)"
    )
    try:
        for key, reason in (("p", "has no order"), ("h", "cannot read"), ("c", "cannot read")):
            with pytest.raises(KeyNotUniqueError, match=reason) as caught:
                await (await open_source(primary_key=key)).describe()
            assert "filter=" not in str(caught.value)
        for options in ({"version": "p"}, {"order_by": "p", "limit": 3}):
            with pytest.raises(SourceError, match="has no order") as refused:
                await (await open_source(**options)).describe()
            assert refused.value.kind is ErrorKind.NEEDS_USER
        assert (await (await open_source(order_by="p")).describe()).key == ("n",)
    finally:
        backend.sql(f"drop table {name}; drop type two_{name}")


async def test_a_key_that_only_an_index_tells_apart_is_none(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    # The server of these tests is built without ICU, which alone has collations that call different texts equal.
    backend.sql(
        "create collation apart.folded (locale = 'POSIX');"
        "update pg_collation set collisdeterministic = false where collname = 'folded';"
        f"create table {name} (name apart.citext not null, folded text collate apart.folded not null, n int not null);"
        f'create unique index on {name} (name text_ops); create unique index on {name} (folded collate "C")'
    )
    with pytest.raises(KeyNotUniqueError, match="no primary key"):
        await (await open_source()).describe()
    backend.sql(f"create unique index on {name} (n, name text_ops)")
    backend.sql(f"create unique index on {name} (n, folded, name)")
    assert (await (await open_source()).describe()).key == ("n", "folded", "name")


def test_hints_speak_of_no_filter_where_none_was_given(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    backend.sql(f"create table {name} (id int primary key); insert into {name} values (1)")
    backend.sql(f"create view v_{name} as select id, 1 / (id - 1) as n from {name}")
    table = open_table(f"v_{name}", primary_key="id")
    until_true(lambda: "division by zero" in str(table.status.error), "The error")
    error = table.status.error
    assert error is not None
    assert "filter=" not in error.hint
