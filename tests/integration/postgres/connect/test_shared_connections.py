"""The connections of one login follow the budget of reads, not the number of tables."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.errors import PermissionDeniedError, UnreachableError
from rtwidget.local import LocalBackend
from rtwidget.replica.budgets import PROJECT_READS_IN_FLIGHT
from tests.integration.postgres.conftest import OpenSource, announced, until_true

TABLES = 60
CONNECTED = "select count(*) from pg_stat_activity where usename = 'web'"


async def test_many_tables_have_as_many_connections_as_may_read_at_once(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    announced(backend, name, "id int primary key")
    backend.sql(f"insert into {name} select generate_series(1, 5)")
    sources = [await open_source(filter=f"id=gt.{-number}") for number in range(TABLES)]
    pages = await asyncio.gather(*(source.read_page(None, None, 10) for source in sources))
    assert [len(page.rows) for page in pages] == [5] * TABLES
    assert 1 <= backend.sql(CONNECTED)[0][0] <= PROJECT_READS_IN_FLIGHT
    last = sources.pop()
    for source in sources:
        await source.aclose()
    with pytest.raises(UnreachableError, match="closed here"):
        await sources[0].read_page(None, None, 10)
    assert len((await last.read_page(None, None, 10)).rows) == 5
    await last.aclose()
    await asyncio.to_thread(until_true, lambda: backend.sql(CONNECTED)[0][0] == 0, "The end")


async def test_an_error_names_the_table_that_was_read(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    announced(backend, name, "id int primary key")
    backend.sql(f"create table {name}_secret (id int primary key)")
    backend.sql(f"revoke all on {name}_secret from public, authenticated")
    try:
        allowed, refused = await open_source(), await open_source(f"{name}_secret")
        assert await allowed.last_key() is None
        with pytest.raises(PermissionDeniedError, match=f"{name}_secret"):
            await refused.last_key()
        assert await allowed.last_key() is None
    finally:
        backend.sql(f"drop table {name}_secret")
