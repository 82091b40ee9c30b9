"""Pages, keys and bounds are compared as their types are ordered, whatever the reader's search path finds."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from rtwidget.local import LocalBackend
from rtwidget.replica.keys import Key
from rtwidget.sources.postgres import setup
from tests.integration.postgres.conftest import (
    OpenSource,
    OpenTable,
    until_state,
)
from tests.integration.postgres.paging import numbers, pages
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.usefixtures("foreign_types")
ROWS = 300
MIXED = "(case when g % 2 = 0 then 'user' else 'USER' end) || lpad(g::text, 6, '0')"
KEYS = {
    'apart.citext collate "C"': MIXED,
    "apart.citext": MIXED,
    "apart.email": f"{MIXED} || '@x'",
    "apart.ltree": "(g % 7 || '.' || g || '.a_b')::apart.ltree",
    "apart.cube": "apart.cube(g % 7, g)",
    "apart.seg": "(g || '..' || g + 1)::apart.seg",
    "apart.semver": "('1.' || g)::apart.semver",
    "apart.names": f"apart.names(({MIXED})::apart.citext, null)",
    "apart.citext[]": f"array[{MIXED}, 'a,\"b\\{{', null]::apart.citext[]",
    "int[]": "array[g % 7, g]",
    "jsonb": "case g % 3 when 0 then to_jsonb(g) else to_jsonb(g || '') end",
    "varchar(20)": "'v' || g",
    "cidr": "('10.0.' || g / 250 || '.' || g % 250 || '/32')::cidr",
    "regtype[]": "array['int4', g::text]::regtype[]",
}


@pytest.mark.parametrize("type_name", KEYS)
async def test_pages_keys_and_bounds_follow_the_order_of_the_type(
    backend: LocalBackend, name: str, open_source: OpenSource, type_name: str
) -> None:
    backend.sql(f"create table {name} (id {type_name} primary key, n int)")
    backend.sql(f"insert into {name} select {KEYS[type_name]}, g from generate_series(1, {ROWS}) g")
    backend.sql(f"analyze {name}")
    source = await open_source()
    rows = await pages(source, 70)
    assert [row[1] for row in rows] == numbers(backend, f"select n from {name} order by id")
    assert [row[1] for row in await pages(source, 1000)] == [row[1] for row in rows]
    last = await source.last_key()
    assert last == (rows[-1][0],)
    asked = [(row[0],) for row in rows[::50]]
    found = (await source.read_keys(asked)).rows
    assert {row[1] for row in found} == {row[1] for row in rows[::50]}
    bounds = await source.key_bounds(4)
    assert len(bounds) == 3
    met = []
    for after, until in zip([None, *bounds], [*bounds, last], strict=True):
        part = (await source.read_page(after, until, ROWS)).rows
        assert ROWS / 8 < len(part) < ROWS / 2
        met += [row[1] for row in part]
    assert met == [row[1] for row in rows]


@pytest.mark.parametrize(
    "key", ["a, b", "b, a", "a, c", "c, b", "b, d, a", "a, n", "e, b", "f, c", "a, g"]
)
async def test_composite_keys_of_several_schemas(
    backend: LocalBackend, name: str, open_source: OpenSource, key: str
) -> None:
    backend.sql(
        f"create table {name} (a int, b apart.citext, c apart.semver, d apart.ltree, e apart.mood, f varchar(9),"
        f" g int[], n int, primary key ({key}))"
    )
    backend.sql(
        f"insert into {name} select g / 100, {MIXED}, ('1.' || g)::apart.semver, (g || '.x')::apart.ltree,"
        f" (array['sad', 'ok', 'happy'])[g % 3 + 1]::apart.mood, 'v' || g % 3, array[g], g"
        f" from generate_series(1, {ROWS}) g"
    )
    source = await open_source()
    wanted = numbers(backend, f"select n from {name} order by {key}")
    rows = await pages(source, 70)
    assert [row[-1] for row in rows] == wanted
    positions = (await source.describe()).key_positions
    asked = [tuple(row[at] for at in positions) for row in rows[::50]]
    assert {row[-1] for row in (await source.read_keys(asked)).rows} == {*wanted[::50]}
    bounds = await source.key_bounds(3)
    parts = zip([None, *bounds], [*bounds, None], strict=True)
    met = [row[-1] for one in parts for row in (await source.read_page(*one, ROWS)).rows]
    assert met == wanted


@pytest.mark.parametrize(
    "paging",
    [
        ("n", (500,), "(n > 500)"),
        ("a, n", (5, 500), "(ROW(a, n) > ROW(5, 500))"),
        ("v", ("x",), "> 'x'::text"),
        ("name", ("x",), "(name OPERATOR(apart.>) 'x'::apart.citext)"),
        ("a, name", (5, "x"), "(a >= 5)"),
    ],
)
async def test_pages_and_keys_are_read_by_the_index(
    backend: LocalBackend, name: str, open_source: OpenSource, paging: tuple[str, Key, str]
) -> None:
    key, after, condition = paging
    backend.sql(
        f"create table {name} (a int, n int, v varchar, name apart.citext, primary key ({key}));"
        f"insert into {name} select g / 100, g, 'v' || g, 'x' || g from generate_series(1, 20000) g;"
        f"analyze {name}"
    )
    query = await (await open_source())._reader.query()
    places = [("a", "n", "v", "name").index(one) for one in key.split(", ")]
    keys = [tuple((g // 100, g, f"v{g}", f"x{g}")[at] for at in places) for g in (7, 8000, 9)]
    with psycopg.connect(backend.dsn, cursor_factory=psycopg.RawCursor) as connection:
        for statement, held in ((query.page(after, None, 100), condition), (query.keys(keys), "")):
            explain = sql.SQL("explain (costs off) ") + statement.text
            lines = [row[0] for row in connection.execute(explain, statement.values).fetchall()]
            used = [line for line in lines if "Index Cond" in line]
            assert used, lines
            assert all(held in line for line in used)
            assert not any("Seq Scan" in line or "Sort" in line for line in lines)


def test_a_big_table_keyed_by_a_foreign_type_is_whole_and_follows(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    backend.sql(f'create table {name} (name apart.citext collate "C" primary key, n int)')
    backend.sql(f"insert into {name} select {MIXED}, g from generate_series(1, 25000) g")
    setup.enable(name, backend.dsn)
    table = open_table()
    until_state(table, "live")
    table.wait_ready()
    assert len(table.df) == 25_000
    backend.sql(f"update {name} set name = 'uSeR000007', n = -7 where n = 7")
    table.wait_for(lambda now: -7 in set(now["n"]), timeout=PATIENCE_S)
    assert len(table.df) == 25_000
