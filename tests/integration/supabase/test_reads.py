"""Reads over REST on a real Postgres: exact values, keyset pages, key reads, top rows."""

from __future__ import annotations

import pytest

from rtwidget.local import LocalBackend
from rtwidget.replica.keys import Key, Row
from rtwidget.sources.supabase.source import SupabaseSource

from .conftest import Open


async def all_pages(source: SupabaseSource, limit: int) -> list[Row]:
    """Read page after page until an empty one, as a pass does."""
    rows: list[Row] = []
    positions = (await source.describe()).key_positions
    after: Key | None = None
    while page := await source.read_page(after, None, limit):
        if not page.rows:
            break
        rows += page.rows
        after = tuple(page.rows[-1][position] for position in positions)
    return rows


async def test_values_keep_every_digit(backend: LocalBackend, opened: Open) -> None:
    backend.sql(
        "insert into t values (9007199254740993, 123456789012345678901234567890.10, E'a,\"b\\nü',"
        """ '{"a": 1.50, "big": 12345678901234567890}', '{a,"b c",NULL}', 'NaN', true,"""
        " '2026-01-02', '2026-01-02 03:04:05.123456+00', '11111111-2222-3333-4444-555555555555')"
    )
    answer = await (await opened()).read_keys([(9007199254740993,)])
    assert answer.rows[0] == (
        9007199254740993,
        "123456789012345678901234567890.10",
        'a,"b\nü',
        '{"a": 1.50, "big": 12345678901234567890}',
        '["a","b c",null]',
        "NaN",
        True,
        "2026-01-02",
        "2026-01-02T03:04:05.123456+00:00",
        "11111111-2222-3333-4444-555555555555",
        "nobody",
    )


async def test_pages_go_on_past_a_silent_cap(backend: LocalBackend, opened: Open) -> None:
    backend.sql("insert into t(id) select n from generate_series(6, 95) n")
    backend.settings.max_rows = 20
    source = await opened(columns=["name"])
    rows = await all_pages(source, 50)
    assert [row[0] for row in rows] == list(range(1, 96))
    assert (await source.last_key()) == (95,)
    first = await source.read_page(None, (30,), 50)
    assert first.columns == ("id", "name")
    assert (len(first.rows), first.wire_bytes > 0) == (20, True)
    assert first.total is not None
    assert [row[0] for row in (await source.read_page((20,), (30,), 50)).rows] == [*range(21, 31)]


async def test_a_capped_key_read_is_not_whole(backend: LocalBackend, opened: Open) -> None:
    source = await opened()
    assert (await source.read_keys([(1,), (2,), (77,)])).whole
    assert (await source.read_keys([(77,)])).whole
    assert (await source.read_keys([])).whole
    backend.settings.max_rows = 1
    capped = await source.read_keys([(1,), (2,)])
    assert (len(capped.rows), capped.whole) == (1, False)


async def test_the_empty_text_is_a_key_and_a_value_to_filter_by(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql(
        "create table named(name text primary key, kind text);"
        "insert into named values ('', 'x'), ('a', ''), ('b', null)"
    )
    source = await opened("named", primary_key=["name"])
    assert (await source.read_keys([("",)])).rows == [("", "x")]
    assert len((await source.read_keys([("",), ("a",)])).rows) == 2
    for given, found in [
        ('kind=in.("")', ["a"]),
        ({"kind": [""]}, ["a"]),
        ('kind=not.in.("")', [""]),
    ]:
        source = await opened("named", primary_key=["name"], filter=given)
        assert [row[0] for row in await all_pages(source, 5)] == found
    source = await opened("named", primary_key=["name"], filter={"name": [""]})
    assert (await source.read_keys([("",)])).rows == [("", "x")]


async def test_composite_keys_page_and_are_found(backend: LocalBackend, opened: Open) -> None:
    backend.sql(
        'create table pairs("a b" int, c text, d bool, primary key ("a b", c, d));'
        "insert into pairs select n / 4, '\"x,' || n % 4 || '.)', b"
        " from generate_series(0, 19) n, (values (true), (false)) v(b)"
    )
    source = await opened("pairs", primary_key=["a b", "c", "d"])
    rows = await all_pages(source, 3)
    expected = backend.sql('select "a b", c, d from pairs order by 1, 2, 3')
    assert rows == expected
    until = await source.read_page(expected[4], expected[9], 99)
    assert until.rows == expected[5:10]
    answer = await source.read_keys([expected[3], expected[17], (99, "no", True)])
    assert set(answer.rows) == {expected[3], expected[17]}
    assert answer.whole
    assert await source.last_key() == expected[-1]


async def test_bounds_cut_the_filtered_rows_into_equal_ranges(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql(
        "create table cut(a text, b int, ok bool, primary key (a, b));"
        "insert into cut select chr(97 + n / 10), n, n % 2 = 0 from generate_series(0, 119) n"
    )
    source = await opened("cut", primary_key=["a", "b"], filter="ok=is.true")
    bounds = await source.key_bounds(3)
    assert bounds == backend.sql("select a, b from cut where b in (40, 80) order by 1, 2")
    ranges = zip([None, *bounds], [*bounds, None], strict=True)
    pages = [await source.read_page(after, until, 100) for after, until in ranges]
    assert [len(page.rows) for page in pages] == [21, 20, 19]
    backend.sql("delete from cut")
    assert await source.key_bounds(3) == []


async def test_many_composite_keys_are_read_in_several_requests(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql(
        "create table many(a text, b int, c text, primary key (a, b));"
        "insert into many select 'k,' || n, n, 'c' from generate_series(0, 299) n"
    )
    source = await opened("many", primary_key=["a", "b"])
    keys: list[Key] = [(f"k,{n}", n) for n in range(100, 310)]
    answer = await source.read_keys(keys)
    assert set(answer.rows) == {(f"k,{n}", n, "c") for n in range(100, 300)}
    assert answer.whole
    backend.settings.max_rows = 10
    assert not (await source.read_keys(keys)).whole


async def test_filters_hold_for_every_read(backend: LocalBackend, opened: Open) -> None:
    source = await opened(filter=["name=in.(row 2,row 4,row 5)", {"amount": None}, "id=not.gt.4"])
    assert [row[0] for row in await all_pages(source, 10)] == [2, 4]
    assert await source.last_key() == (4,)
    watermark = await source.probe()
    assert watermark is not None
    assert watermark.rows == 2
    assert (await source.read_keys([(1,), (2,)])).rows[0][0] == 2


async def test_filters_of_postgrest_pass_through(opened: Open) -> None:
    source = await opened(filter="or=(id.eq.1,id.eq.5)")
    assert [row[0] for row in await all_pages(source, 10)] == [1, 5]


@pytest.mark.parametrize("cap", [2, 1000])
async def test_top_rows_come_in_the_users_order(
    backend: LocalBackend, opened: Open, cap: int
) -> None:
    backend.sql("update t set amount = case when id in (2, 4, 5) then 7 else 1 end")
    backend.settings.max_rows = cap
    source = await opened(order_by="amount.desc", limit=4, columns=["amount"])
    answer = await source.read_top(4, 4)
    assert [row[0] for row in answer.rows] == [2, 4, 5, 1]
    assert (answer.whole, source.top_rows) == (True, 4)
    assert len((await source.read_top(50, 50)).rows) == 5


async def test_names_that_need_quoting_work(backend: LocalBackend, opened: Open) -> None:
    backend.sql(
        'create table "select ""x""; --"("a.b" int primary key, "naïve" text, "%" text);'
        """insert into "select ""x""; --" values (1, 'é', '%'), (2, '"', '\\')"""
    )
    source = await opened('select "x"; --', primary_key="a.b", filter={"naïve": ["é", '"']})
    assert await all_pages(source, 1) == [(1, "é", "%"), (2, '"', "\\")]
    assert (await source.read_keys([(2,)])).rows == [(2, '"', "\\")]


async def test_the_catalog_tells_types_and_key_to_a_service_key(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql("create table keyed(code varchar(9) primary key, at timestamptz, n numeric(9,2))")
    schema = await (await opened("keyed", key=backend.service_key)).describe()
    assert schema.key == ("code",)
    assert [column.type for column in schema.columns] == ["varchar", "timestamptz", "numeric"]
    assert schema.exact_keys
    by_time = await opened("keyed", key=backend.service_key, primary_key=["at", "n"])
    assert not (await by_time.describe()).exact_keys


async def test_an_anonymous_key_takes_the_types_that_the_user_gives(opened: Open) -> None:
    schema = await (await opened(types={"amount": "numeric", "tags": "text[]"})).describe()
    types = {column.name: column.type for column in schema.columns}
    assert (types["amount"], types["tags"], types["name"]) == ("numeric", "_text", None)
    assert schema.key == ("id",)
