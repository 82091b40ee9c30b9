"""One table's part of the connections that all tables of its login share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from psycopg import sql

from rtwidget import Postgres
from rtwidget.errors import PermissionDeniedError, SourceError, UnreachableError
from rtwidget.sources.postgres.connect import table_pool
from rtwidget.sources.postgres.connect.table_pool import TablePool
from rtwidget.sources.postgres.read.statement import Statement

ADDRESS = Postgres("host=h user=me", insecure=True).address
SELECT = Statement(sql.SQL("select 1"))


class Pool:
    """A pool that answers, or has an error of a connection explained."""

    made: list[Pool]

    def __init__(self, _: object) -> None:
        self.refusal: psycopg.Error | None = None
        self.connection = SimpleNamespace(closed=False, info=SimpleNamespace(user="login"))
        self.closed = 0
        Pool.made.append(self)

    async def read(self, _: Statement, explain: Any) -> bytes:
        if self.refusal is not None:
            raise explain(self.connection, self.refusal)
        return b"answer"

    async def aclose(self) -> None:
        self.closed += 1


@pytest.fixture(autouse=True)
def pools(monkeypatch: pytest.MonkeyPatch) -> list[Pool]:
    Pool.made = []
    monkeypatch.setattr(table_pool, "Pool", Pool)
    return Pool.made


async def test_tables_of_one_login_share_and_the_last_one_closes(pools: list[Pool]) -> None:
    one, other = (TablePool(ADDRESS, "public", name) for name in "tu")
    assert pools == []
    assert [await each.read(SELECT) for each in (one, other, one)] == [b"answer"] * 3
    assert len(pools) == 1
    await one.aclose()
    await one.aclose()
    assert pools[0].closed == 0
    await other.aclose()
    assert pools[0].closed == 1


async def test_what_was_closed_contacts_nobody(pools: list[Pool]) -> None:
    pool = TablePool(ADDRESS, "public", "t")
    await pool.aclose()
    with pytest.raises(UnreachableError, match="closed here"):
        await pool.read(SELECT)
    assert pools == []


async def refused(pool: TablePool, pools: list[Pool], *, closed: bool = False) -> SourceError:
    if not pools:
        await pool.read(SELECT)
    pools[0].refusal = psycopg.errors.InsufficientPrivilege("no")
    pools[0].connection.closed = closed
    with pytest.raises(PermissionDeniedError) as caught:
        await pool.read(SELECT)
    return caught.value


async def test_a_refusal_says_which_grant_ends_it_as_whom_reads_run(pools: list[Pool]) -> None:
    pool = TablePool(ADDRESS, "public", 'my"t')
    assert 'grant select on "public"."my""t" to "login";' in (await refused(pool, pools)).hint
    pool.role = "web"
    assert 'grant select on "public"."my""t" to "web";' in (await refused(pool, pools)).hint


async def test_a_closed_connection_tells_no_role(pools: list[Pool]) -> None:
    error = await refused(TablePool(ADDRESS, "public", "t"), pools, closed=True)
    assert "login" not in error.message + error.hint
