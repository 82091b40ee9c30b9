"""Reads: exact values, keys of every kind, odd names, order, filter, and what the catalog tells."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import (
    ColumnNotFoundError,
    ErrorKind,
    FilterError,
    KeyNotUniqueError,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.local import LocalBackend
from rtwidget.replica.keys import Key, NumberText
from rtwidget.sources.postgres.source import PostgresSource
from tests.integration.postgres.conftest import OpenSource

KEYS = {
    "int8": ["-9223372036854775808", "0", "9007199254740993"],
    "text": ["''", "'a,\"b\"'", "'{x\\y}'", "'null'", "'naïve ✓'", "'NULL'"],
    "uuid": ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'00000000-0000-0000-0000-000000000000'"],
    "timestamptz": ["'2024-01-01 00:00:00.000001+00'", "'infinity'", "'0044-03-15 12:00+00 BC'"],
    "timestamp": ["'2024-01-01'", "'-infinity'"],
    "date": ["'2024-02-29'", "'0044-03-15 BC'"],
    "bool": ["false", "true"],
    "numeric": ["'NaN'", "1.50", "12345678901234567890.000000001", "'Infinity'"],
    "bpchar(5)": ["'ab'", "'abcde'"],
    "bytea": ["'\\x00ff'", "''"],
    "float8": ["'NaN'", "0.1", "1e300", "-0.0"],
    "interval": ["'1 day 02:03:04.5'", "'-1 mon'"],
    "inet": ["'10.0.0.1/8'", "'::1'"],
    "bit(3)": ["B'101'", "B'000'"],
}


async def pages(source: PostgresSource, rows: int = 2) -> list[Any]:
    """Return all rows, read in pages up to the greatest key."""
    until, after, found = await source.last_key(), None, []
    while True:
        page = await source.read_page(after, until, rows)
        if not page.rows:
            return found
        places = [page.columns.index(name) for name in (await source.describe()).key]
        found += page.rows
        after = tuple(page.rows[-1][place] for place in places)


@pytest.mark.parametrize("type_name", KEYS)
async def test_keys_of_each_type_page_in_order_and_are_found_again(
    backend: LocalBackend, name: str, open_source: OpenSource, type_name: str
) -> None:
    backend.sql(f"create table {name} (id {type_name} primary key, n int)")
    for number, value in enumerate(KEYS[type_name]):
        backend.sql(f"insert into {name} values ({value}, {number})")
    source = await open_source()
    order = [row[0] for row in backend.sql(f"select n from {name} order by id")]
    rows = await pages(source)
    assert [row[1] for row in rows] == order
    answer = await source.read_keys([(row[0],) for row in rows])
    assert answer.whole
    assert sorted(answer.rows, key=str) == sorted(rows, key=str)


async def test_composite_keys_page_as_rows_and_are_found_side_by_side(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (n int, b text, a int, primary key (a, b))")
    backend.sql(f"insert into {name} select 1, 'b' || g % 3, g / 3 from generate_series(0, 29) g")
    source = await open_source()
    assert (await source.describe()).key == ("a", "b")
    wanted = backend.sql(f"select n, b, a from {name} order by a, b")
    assert await pages(source, 4) == wanted
    keys: list[Key] = [(3, "b1"), (4, "b0"), (3, "b9"), (99, "b0")]
    answer = await source.read_keys(keys)
    assert sorted(answer.rows) == [(1, "b0", 4), (1, "b1", 3)]


async def test_odd_names_are_only_names(backend: LocalBackend, open_source: OpenSource) -> None:
    for odd in ('select "x"; --', "a.b", "naïve", "%", "rtwidget_page", "%s $1 {}"):
        quoted = '"' + odd.replace('"', '""') + '"'
        backend._live_connection().execute(
            f"create table {quoted} ({quoted} int primary key, rtwidget_row text)".encode()
        )
        backend._live_connection().execute(
            f"insert into {quoted} values (1, 'a'), (2, 'b'), (3, null)".encode()
        )
        try:
            source = await open_source(odd, filter={odd: [1, 2, 9]}, order_by=f'"{_escaped(odd)}"')
            assert [row[0] for row in await pages(source)] == [1, 2]
            assert (await source.read_keys([(2,), (3,)])).rows == [(2, "b")]
            assert (await source.read_page(None, None, 5)).columns == (odd, "rtwidget_row")
            assert await source.last_key() == (2,)
        finally:
            backend._live_connection().execute(f"drop table {quoted}".encode())


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


async def test_every_digit_arrives(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(
        f"create table {name} (id int8 primary key, a numeric, b float8, c jsonb, d timestamptz, e text[])"
    )
    backend.sql(
        f"insert into {name} values (9007199254740993, 1.10, 0.1, '{{\"n\": 12345678901234567890}}',"
        " '2024-05-06 07:08:09.123456+02', array['x', null])"
    )
    row = (await (await open_source()).read_page(None, None, 9)).rows[0]
    assert row == (
        9007199254740993,
        "1.10",
        "0.1",
        '{"n": 12345678901234567890}',
        "2024-05-06T05:08:09.123456+00:00",
        '["x",null]',
    )
    assert isinstance(row[1], NumberText)


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
        answer = await (await open_source(order_by=order, limit=13)).read_top(13)
        assert answer.rows == backend.sql(f"select * from {name} order by {sql}, id limit 13")
        assert answer.whole


async def test_versions_and_the_probe(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key, v int, big text)")
    backend.sql(f"insert into {name} select g, g % 7, 'x' from generate_series(1, 20) g")
    source = await open_source(version="v", filter="id=lte.15")
    page = await source.read_versions(None, await source.last_key(), 4)
    assert (page.columns, page.rows) == (("id", "v"), [(1, 1), (2, 2), (3, 3), (4, 4)])
    seen = await source.probe()
    assert seen is not None
    assert (seen.rows, seen.newest) == (15, ((13,), 6))
    assert (await source.read_page(None, None, 3)).total == 15


async def test_a_big_table_is_not_counted_but_estimated(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    backend.sql(f"insert into {name} select generate_series(1, 150000); analyze {name}")
    source = await open_source(filter="id=gt.0")
    total = (await source.read_page(None, None, 1)).total
    assert total is not None
    assert 140_000 < total < 160_000
    seen = await source.probe()
    assert seen is not None
    assert seen.rows is None


@pytest.mark.parametrize("options", [{}, {"filter": "id=gt.500"}])
async def test_bounds_cut_the_rows_into_about_equal_parts(
    backend: LocalBackend, name: str, open_source: OpenSource, options: dict[str, Any]
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    backend.sql(f"insert into {name} select g * g from generate_series(1, 2000) g; analyze {name}")
    source = await open_source(**options)
    assert await source.key_bounds(1) == []
    bounds = await source.key_bounds(4)
    assert len(bounds) == 3
    last: Key = (-1,)
    for bound in bounds:
        (count,) = backend.sql(
            f"select count(*) from {name} where id > %s and id <= %s", last[0], bound[0]
        )[0]
        assert 400 <= count <= 600
        last = bound


async def test_bounds_of_composite_keys_and_of_few_rows(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (a int, b text, primary key (b, a))")
    source = await open_source()
    assert await source.key_bounds(4) == []
    backend.sql(f"insert into {name} select g, 'k' from generate_series(1, 8) g")
    assert await source.key_bounds(4) == [("k", 2), ("k", 4), ("k", 6)]
    backend.sql(f"delete from {name} where a > 2")
    assert len(await source.key_bounds(9)) <= 2


async def test_the_catalog_tells_types_and_the_shortest_unique_key(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(
        f"create table {name} (a int not null, b text not null, c text unique, d numeric(9,2)[], e varchar(3),"
        " unique (b, a), unique (a))"
    )
    schema = await (await open_source(types={"c": "uuid"})).describe()
    assert schema.key == ("a",)
    types = {column.name: column.type for column in schema.columns}
    assert types == {"a": "int4", "b": "text", "c": "uuid", "d": "_numeric", "e": "varchar"}


async def test_a_table_without_a_key_and_a_view_ask_for_one(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (a int, b int unique)")
    with pytest.raises(KeyNotUniqueError, match="has no primary key"):
        await (await open_source()).describe()
    backend.sql(f"create view v_{name} as select * from {name}; insert into {name} values (1, 2)")
    with pytest.raises(KeyNotUniqueError, match="is a view"):
        await (await open_source(f"v_{name}")).describe()
    assert await pages(await open_source(f"v_{name}", primary_key="b")) == [(1, 2)]


@pytest.mark.parametrize(
    "options",
    [
        {"columns": ["nope"]},
        {"filter": "nope=eq.1"},
        {"order_by": "nope"},
        {"primary_key": ["nope"]},
        {"types": {"nope": "int8"}},
        {"version": "nope"},
        {"order_by": "n", "columns": ["id"]},
    ],
)
async def test_a_column_that_is_not_there_is_named(
    backend: LocalBackend, name: str, open_source: OpenSource, options: dict[str, Any]
) -> None:
    backend.sql(f"create table {name} (id int primary key, n int)")
    with pytest.raises(ColumnNotFoundError, match=r"nope|'n'"):
        await (await open_source(**options)).describe()


async def test_refusals_say_what_to_run(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    with pytest.raises(TableNotFoundError):
        await (await open_source()).describe()
    backend.sql(
        f"create table {name} (id int primary key, n int); revoke all on {name} from authenticated"
    )
    with pytest.raises(PermissionDeniedError) as caught:
        await (await open_source()).last_key()
    assert f'grant select on "public"."{name}" to "web";' in caught.value.hint
    backend.sql(f'grant select on "public"."{name}" to "web";')
    assert await (await open_source()).last_key() is None
    backend.sql(
        f"drop schema if exists s_{name} cascade; create schema s_{name}; create table s_{name}.x (id int primary key)"
    )
    with pytest.raises(PermissionDeniedError) as caught:
        await (await open_source("x", schema=f"s_{name}")).last_key()
    assert f'grant usage on schema "s_{name}" to "web";' in caught.value.hint
    backend.sql(f"drop schema s_{name} cascade")


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


async def test_a_key_that_its_type_cannot_hold_names_no_row_and_spoils_no_other(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (day date primary key, n int)")
    backend.sql(f"insert into {name} select date '2024-01-01' + g, g from generate_series(0, 9) g")
    source = await open_source()
    keys: list[Key] = [("2024-01-02",), ("yesterday's",), ("2024-13-45",), ("2024-01-05",)]
    answer = await source.read_keys(keys)
    assert sorted(answer.rows) == [("2024-01-02", 1), ("2024-01-05", 4)]
    assert answer.whole


async def test_a_read_after_the_table_was_altered_says_so(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    backend.sql(f"insert into {name} values (1)")
    source = await open_source()
    assert await source.last_key() == (1,)
    backend.sql(f"alter table {name} alter id type uuid using gen_random_uuid()")
    with pytest.raises(ColumnNotFoundError, match="altered"):
        await source.read_page((1,), None, 9)
    assert (await source.describe()).columns[0].type == "uuid"
    assert len((await source.read_page(None, None, 9)).rows) == 1
