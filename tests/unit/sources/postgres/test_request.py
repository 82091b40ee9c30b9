"""What a table asks of a server: checked before anything is contacted, and equal where rows may be shared."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget import Postgres
from rtwidget.abc import ResolvedSource
from rtwidget.errors import FilterError
from rtwidget.sources.postgres.request import PostgresRequest
from rtwidget.sources.query.checked_query import checked_query

DSN = "postgresql://me:hidden@db.example/app?sslmode=verify-full"


def request(table: str = "t", dsn: str = DSN, **asked: Any) -> PostgresRequest:
    return PostgresRequest(checked_query(table, **asked), Postgres(dsn).address)


async def resolved(*given: str, **asked: Any) -> ResolvedSource:
    return await request(*given, **asked).resolve()


def test_it_says_what_is_read_and_where() -> None:
    made = request()
    assert (made.title, made.wanted) == ("t", checked_query("t"))
    assert made.address == Postgres(DSN).address


def test_a_filter_that_only_postgrest_reads_is_refused_at_once() -> None:
    with pytest.raises(FilterError, match="Supabase"):
        request(filter="or=(a.eq.1,b.eq.2)")


async def test_other_rows_of_one_table_share_its_stream_and_not_its_feed() -> None:
    one, other = await resolved(), await resolved(filter="a=eq.1")
    assert one.feed_key != other.feed_key
    assert one.stream_key == other.stream_key
    assert (await resolved()).feed_key == one.feed_key


async def test_another_table_key_or_role_is_another_stream() -> None:
    streams = {
        one.stream_key
        for one in [
            await resolved(),
            await resolved("u"),
            await resolved(schema="s"),
            await resolved(primary_key="k"),
            await resolved("t", DSN.replace("me:", "you:")),
        ]
    }
    assert len(streams) == 5


async def test_roles_of_one_database_share_its_budget_of_reads() -> None:
    projects = [
        (await resolved("t", DSN.replace(*change))).project
        for change in (("me:", "you:"), ("hidden", "x"))
    ]
    assert projects[0] == projects[1] == (await resolved("u")).project
    assert (await resolved("t", DSN.replace("/app", "/other"))).project not in projects


async def test_no_key_of_it_shows_the_password() -> None:
    assert "hidden" not in repr((await resolved()).feed_key)
