"""Keys and filters of types in a schema that the reader may not use, and of domains over what has no operators of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtwidget.local import LocalBackend
from tests.integration.postgres.conftest import OpenSource
from tests.integration.postgres.paging import numbers, pages

ROWS = 40
KEYS = {
    "hidden.mood": "('{sad,ok,happy}'::hidden.mood[])[1 + g % 3]",
    "hidden.mood_domain": "('{sad,ok,happy}'::hidden.mood[])[1 + g % 3]",
    "hidden.mood[]": "array[('{sad,ok,happy}'::hidden.mood[])[1 + g % 3]]",
    "hidden.range_domain": "int4range(g % 7, g % 7 + 3)",
    "hidden.path": "array[g % 7, -g]",
    "hidden.citext": "(array['b', 'A', 'c'])[1 + g % 3]",
    "hidden.citext_domain": "(array['b', 'A', 'c'])[1 + g % 3]",
    "hidden.ltree": "((g % 5) || '.a')::hidden.ltree",
    "jsonb": "pg_catalog.jsonb_build_object('g', g % 5)",
    "bytea": "pg_catalog.decode(lpad(to_hex(g % 9), 4, '0'), 'hex')",
    "interval": "make_interval(hours => g % 9)",
}
FILTERS = (
    ("mood", "mood=eq.ok", {2}),
    ("mood", {"mood": ["ok", "happy"]}, {2, 3}),
    ("mood_domain", {"mood_domain": ["ok", "happy"]}, {2, 3}),
    ("mood_domain", "mood_domain=gt.ok", {3}),
    ("citext", "citext=eq.OK", {2}),
    ("citext", {"citext": ["OK", "HAPPY"]}, {2, 3}),
    ("citext", "citext=lt.OK", {3}),
)


@pytest.fixture(scope="module", autouse=True)
def hidden(backend: LocalBackend) -> Iterator[None]:
    """A schema of types that nobody but its owner may use."""
    backend.sql(
        "create schema hidden; create extension citext schema hidden; create extension ltree schema hidden;"
        "create type hidden.mood as enum ('sad', 'ok', 'happy'); create domain hidden.mood_domain as hidden.mood;"
        "create domain hidden.range_domain as int4range; create domain hidden.path as int[];"
        "create domain hidden.citext_domain as hidden.citext"
    )
    yield
    backend.sql("drop schema hidden cascade")


@pytest.mark.parametrize("type_name", KEYS)
async def test_pages_and_keys_need_no_usage_of_the_schema_of_a_type(
    backend: LocalBackend, name: str, open_source: OpenSource, type_name: str
) -> None:
    backend.sql(f"create table {name} (k {type_name}, g int, primary key (k, g))")
    backend.sql(f"insert into {name} select {KEYS[type_name]}, g from generate_series(1, {ROWS}) g")
    source = await open_source()
    rows = await pages(source, 7)
    assert [row[1] for row in rows] == numbers(backend, f"select g from {name} order by k, g")
    keys = [(row[0], row[1]) for row in rows[::9]]
    answer = await source.read_keys(keys)
    assert sorted(answer.rows, key=str) == sorted(keys, key=str)


@pytest.mark.parametrize("type_name", ["hidden.mood_domain", "hidden.citext", "hidden.ltree"])
async def test_a_key_of_one_column(
    backend: LocalBackend, name: str, open_source: OpenSource, type_name: str
) -> None:
    backend.sql(f"create table {name} (k {type_name} primary key, g int)")
    backend.sql(f"insert into {name} values ('ok', 1), ('sad', 2), ('happy', 3)")
    source = await open_source()
    expected = numbers(backend, f"select g from {name} order by k")
    assert [row[1] for row in await pages(source, 1)] == expected
    assert {row[1] for row in (await source.read_keys([("ok",), ("happy",)])).rows} == {1, 3}


@pytest.mark.parametrize(("column", "given", "expected"), FILTERS)
async def test_a_filter_needs_no_usage_either(
    backend: LocalBackend,
    name: str,
    open_source: OpenSource,
    *,
    column: str,
    given: object,
    expected: set[int],
) -> None:
    backend.sql(
        f"create table {name} (id int primary key, {column} hidden.{column});"
        f"insert into {name} values (1, 'sad'), (2, 'ok'), (3, 'happy')"
    )
    source = await open_source(filter=given)
    assert {row[0] for row in await pages(source)} == expected
