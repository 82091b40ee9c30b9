"""Rows as they are when the log is read: gone again, or behind a policy that fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect


@pytest.mark.parametrize("role", ["service_role", "authenticated", "anon"])
async def test_a_row_that_is_gone_again_was_never_there_for_anybody(
    items: LocalBackend, connect: Connect, role: str
) -> None:
    items.sql(
        "alter table items enable row level security; create policy all_of_it on items using (true)"
    )
    async with connect() as client:
        await client.join(token=items.token(role))
        items.sql(
            "begin; insert into items(id) values (1); update items set name = 'x';"
            "delete from items; commit"
        )
        assert (await client.change())["type"] == "DELETE"
        await asyncio.to_thread(items.catch_up)
        await client.heartbeat()


async def test_without_row_security_a_row_that_is_gone_again_is_told_whole(
    items: LocalBackend, connect: Connect
) -> None:
    async with connect() as client:
        await client.join()
        items.sql("begin; insert into items(id) values (1); delete from items; commit")
        assert [(await client.change())["type"] for _ in range(2)] == ["INSERT", "DELETE"]


async def test_a_policy_that_fails_loses_the_whole_poll(
    items: LocalBackend, connect: Connect
) -> None:
    items.sql(
        "create table others(id int primary key);"
        "alter publication supabase_realtime add table others;"
        "alter table others enable row level security;"
        "create policy broken on others using (1 / (id - 700) > -1)"
    )
    async with connect() as one, connect() as other:
        await one.join(token=items.token("anon"))
        await other.join("others", token=items.token("anon"))
        items.sql(
            "begin; insert into items(id) select generate_series(1, 600);"
            "insert into others values (700); commit"
        )
        await asyncio.to_thread(items.catch_up)
        await one.heartbeat()
        await other.heartbeat()
