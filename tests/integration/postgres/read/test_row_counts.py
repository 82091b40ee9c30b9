"""Versions, the probe, totals, and bounds that cut the keys."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.local import LocalBackend
from rtwidget.replica.keys import Key
from tests.integration.postgres.conftest import OpenSource


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
