"""Servers that read queries otherwise: gateways that forget parameters, and search paths without a type's schema."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.abc import Page
from rtwidget.errors import ErrorKind, SourceError
from rtwidget.local import LocalBackend
from rtwidget.replica.keys import Cell, Key, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.supabase.rest.key_order_check import Joins
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.source import SupabaseSource

from .conftest import Open
from .forgetful import forgetful

READINGS: list[tuple[Any, str]] = [
    (None, "true"),
    ("or=(a.eq.1,b.gt.k5)", "a = 1 or b > 'k5'"),
    (
        ["or=(a.eq.1,a.eq.2)", "or=(b.like.k1*,not.and(b.gt.k1,n.gte.10))"],
        "a in (1, 2) and (b like 'k1%' or not (b > 'k1' and n >= 10))",
    ),
    (["n=gt.100", "n=lt.2000", "a=neq.1"], "n > 100 and n < 2000 and a <> 1"),
    (["not.or=(a.eq.1,a.eq.2)", "and=(n.gt.5,n.lt.9)"], "not (a in (1, 2)) and n in (6, 7, 8)"),
]
"""Filters, and what they mean in SQL."""
MIXED = "(case when g % 2 = 0 then 'user' else 'USER' end) || lpad(g::text, 6, '0')"


async def pages(source: SupabaseSource, until: Key | None = None) -> list[Row]:
    """Read as a pass does: up to the greatest key, until an empty page."""
    positions = (await source.describe()).key_positions
    until, after = await source.last_key(), None
    rows: list[Row] = []
    while found := (await source.read_page(after, until, 1000)).rows:
        rows += found
        after = tuple(found[-1][at] for at in positions)
    return rows


@pytest.mark.parametrize("kept", ["first", "last"])
@pytest.mark.parametrize("key", ["a, b", "b, a", "n"])
@pytest.mark.parametrize("reading", READINGS)
async def test_a_gateway_that_keeps_one_parameter_of_a_name_changes_no_answer(
    backend: LocalBackend, opened: Open, kept: str, key: str, reading: tuple[Any, str]
) -> None:
    given, where = reading
    backend.sql(f"create table pairs (a int, b text, n int, primary key ({key}))")
    backend.sql("insert into pairs select g % 3, 'k' || g, g from generate_series(1, 2500) g")
    wanted = backend.sql(f"select n from pairs where {where} order by {key}")
    async with forgetful(backend.url, keeps_first=kept == "first") as url:
        names = key.split(", ")
        source = await opened("pairs", url=url, primary_key=names, filter=given)
        rows = await pages(source)
        assert [row[2:] for row in rows] == wanted
        at = [("a", "b", "n").index(name) for name in names]
        asked: list[Key] = [tuple(row[place] for place in at) for row in rows[:5]]
        none: dict[str, Cell] = {"a": 9, "b": "none", "n": -1}
        gone = tuple(none[name] for name in names)
        answer = await source.read_keys([*asked, gone])
        assert (len(answer.rows), answer.whole) == (len(asked), True)
        probed = await source.probe()
        assert probed is not None
        assert probed.rows == len(wanted)


@pytest.fixture
def apart(backend: LocalBackend) -> Iterator[LocalBackend]:
    """A backend with citext in a schema that no search path names."""
    backend.sql("create schema apart; grant usage on schema apart to public")
    backend.sql("create extension citext schema apart")
    yield backend
    backend.sql("drop schema apart cascade")


@pytest.mark.parametrize("key", ["name", "name, n", "n, name"])
@pytest.mark.parametrize("role", ["anon", "service"])
async def test_pages_that_would_leave_rows_out_are_refused(
    apart: LocalBackend, opened: Open, key: str, role: str
) -> None:
    apart.sql(
        f'create table people (name apart.citext collate "C", n int, v int, primary key ({key}));'
        f"insert into people select {MIXED}, case when '{key}' like 'n,%' then 1 else g end, g from generate_series(1, 2600) g"
    )
    secret = apart.anon_key if role == "anon" else apart.service_key
    options: dict[str, Any] = {"key": secret, "primary_key": key.split(", ")}
    source = await opened("people", version="v", **options)
    with pytest.raises(SourceError, match="would leave rows out") as caught:
        await pages(source)
    assert caught.value.kind is ErrorKind.NEEDS_USER
    first = (await source.read_versions(None, None, 1000)).rows[-1]
    with pytest.raises(SourceError, match="would leave rows out"):
        await source.read_versions(first[:-1], None, 1000)
    few = await opened("people", filter="v=lte.200", **options)
    assert len(await pages(few)) == 200
    apart.settings.extra_search_path = ("public", "apart")
    assert len(await pages(source)) == 2600


async def test_rows_beyond_the_greatest_key_are_missed_too(
    apart: LocalBackend, opened: Open
) -> None:
    """Capitals come first by bytes: nothing is missing behind a page, but in front of the end."""
    apart.sql(
        'create table people (name apart.citext collate "C" primary key);'
        "insert into people select 'A' || lpad(g::text, 6, '0') from generate_series(1, 1100) g;"
        "insert into people select 'b' || lpad(g::text, 6, '0') from generate_series(1, 50) g;"
        "insert into people values ('Z')"
    )
    source = await opened("people", primary_key="name")
    with pytest.raises(SourceError, match="would leave rows out"):
        await pages(source)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", MIXED),
        ("varchar", MIXED),
        ("timestamptz", "now() + g * interval '1 s'"),
        ("uuid", "gen_random_uuid()"),
        ("numeric", "g / 3.0"),
    ],
)
async def test_no_other_key_is_refused(
    backend: LocalBackend, opened: Open, kind: str, value: str
) -> None:
    backend.sql(f"create table plain (k {kind} primary key, n int)")
    backend.sql(f"insert into plain select {value}, g from generate_series(1, 2100) g")
    rows = await pages(await opened("plain", primary_key="k"))
    assert [row[1:] for row in rows] == backend.sql("select n from plain order by k")


async def test_keys_that_went_meanwhile_prove_nothing() -> None:
    answers: list[list[Row]] = [[("b",)], [("b",)], [("z",)], [("y",), ("z",)]]
    asked: list[str] = []

    async def read_keys(text: str) -> list[Row]:
        asked.append(text)
        return answers.pop(0)

    async def page() -> Page:
        return Page((), ())

    joins = Joins(Query("t", None, (), (), ("k",)), Schema((Column("k"),), ("k",)), read_keys)
    await joins.read(page(), ("c",), ("y",))
    assert not answers
    assert "k=lte.c" in asked[0]
    assert "k=gt.y" in asked[2]


async def test_the_table_says_what_to_set(apart: LocalBackend) -> None:
    apart.sql(
        'create table people (name apart.citext collate "C" primary key, n int);'
        f"insert into people select {MIXED}, g from generate_series(1, 2600) g"
    )
    with live_table("people", url=apart.url, key=apart.anon_key, primary_key="name") as table:
        await asyncio.to_thread(
            table._handle.wait,
            lambda: True if table.status.state == "failed" else None,
            30,
            "The state failed",
        )
        error = table.status.error
        assert error is not None
        assert "Extra search path" in error.hint
