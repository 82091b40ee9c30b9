"""Reads: exact values, keys of every kind, odd names, order, filter, and what the catalog tells."""

from __future__ import annotations

import pytest

from rtwidget.errors import SourceError
from rtwidget.local import LocalBackend
from rtwidget.replica.keys import Key, NumberText
from tests.integration.postgres.conftest import OpenSource
from tests.integration.postgres.paging import pages

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
        backend.sql(f"create table {quoted} ({quoted} int primary key, rtwidget_row text)")
        backend.sql(f"insert into {quoted} values (1, 'a'), (2, 'b'), (3, null)")
        try:
            source = await open_source(odd, filter={odd: [1, 2, 9]}, order_by=f'"{_escaped(odd)}"')
            assert [row[0] for row in await pages(source)] == [1, 2]
            assert (await source.read_keys([(2,), (3,)])).rows == [(2, "b")]
            assert (await source.read_page(None, None, 5)).columns == (odd, "rtwidget_row")
            assert await source.last_key() == (2,)
        finally:
            backend.sql(f"drop table {quoted}")


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


async def test_a_row_that_cannot_be_read_is_not_taken_for_one_that_is_gone(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    backend.sql(
        f"insert into {name} values (1), (2); create view v_{name} as select id, 1 / (id - 2) as n from {name}"
    )
    source = await open_source(f"v_{name}", primary_key="id")
    assert (await source.read_keys([(1,)])).rows == [(1, -1)]
    with pytest.raises(SourceError, match="division by zero"):
        await source.read_keys([(1,), (2,)])
    assert (await source.read_keys([])).whole
