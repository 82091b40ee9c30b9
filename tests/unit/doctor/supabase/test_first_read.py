"""The first read of an examination: keys alone, one row over the cap, and everything given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from rtwidget.abc import Column, Schema, TableQuery
from rtwidget.doctor.checks.rows_checks import SAMPLE_ROWS
from rtwidget.doctor.supabase import first_read
from rtwidget.doctor.supabase.first_read import FirstRead, read_first, read_version
from rtwidget.errors import SourceError, UnreachableError
from rtwidget.replica.keys import Row
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.credentials import find_credentials
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.rest.rest_reads import Rows
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper

CREDENTIALS = find_credentials(
    url="http://localhost:1", key="k", access_token=None, client=None, realtime_url=None
)
SCHEMA = Schema((Column("id", "int8"), Column("name", "text")), ("id",))


class Server:
    """Stands for source and REST client, and keeps what both were asked."""

    def __init__(self, rows: Sequence[Row] = (), error: SourceError | None = None) -> None:
        self.found, self.error = list(rows), error
        self.asked: list[tuple[str, str]] = []
        self.closed = 0

    async def describe(self) -> Schema:
        return SCHEMA

    async def rows(self, query: str, _: Token, count: str) -> Rows:
        self.asked.append((count, query))
        if self.error is not None:
            raise self.error
        return Rows(("id",), self.found, 2, len(self.found))

    async def count(self, query: str, _: Token, count: str) -> int:
        self.asked.append((count, query))
        return 5

    async def catalog(self, _: Token) -> bytes:
        if self.error is not None:
            raise self.error
        return b'{"info":{"version":"12.2.3 (519615d)"}}'

    async def aclose(self) -> None:
        self.closed += 1


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Any:
    def use(server: Server) -> Server:
        monkeypatch.setattr(first_read, "SupabaseSource", lambda *_: server)
        monkeypatch.setattr(first_read, "RestClient", lambda *_: server)
        return server

    return use


async def first(wanted: TableQuery) -> FirstRead:
    return await read_first(CREDENTIALS, wanted, TokenKeeper(Secret("k"), None))


async def test_it_reads_keys_alone_and_one_more_than_servers_give(serve: Any) -> None:
    server = serve(Server([(1,), (2,)]))
    found = await first(checked_query("t", filter={"name": "ada"}))
    ((count, query),) = server.asked
    assert (count, query.split("&")[0]) == ("exact", "select=id")
    assert query.endswith(f"limit={SAMPLE_ROWS}")
    assert (found.schema, found.rows.keys, found.rows.total) == (SCHEMA, [(1,), (2,)], 2)
    assert found.rows.unfiltered is None


@pytest.mark.parametrize(("wanted_filter", "unfiltered"), [({"name": "ada"}, 5), (None, None)])
async def test_only_where_a_filter_may_hide_rows_all_are_counted(
    serve: Any, wanted_filter: dict[str, Any] | None, unfiltered: int | None
) -> None:
    server = serve(Server())
    found = await first(checked_query("t", filter=wanted_filter))
    assert found.rows.unfiltered == unfiltered
    assert [query for _, query in server.asked[1:]] == ["select=id"] * (unfiltered is not None)


async def test_both_connections_are_given_back_also_where_it_is_refused(serve: Any) -> None:
    server = serve(Server(error=UnreachableError("No answer.")))
    with pytest.raises(UnreachableError):
        await first(checked_query("t"))
    assert server.closed == 2


@pytest.mark.parametrize(
    ("error", "version"), [(None, "12.2.3"), (UnreachableError("No answer."), None)]
)
async def test_a_version_that_cannot_be_read_is_no_trouble(
    serve: Any, error: SourceError | None, version: str | None
) -> None:
    server = serve(Server(error=error))
    keeper = TokenKeeper(Secret("k"), None)
    assert await read_version(CREDENTIALS, checked_query("t"), keeper) == version
    assert server.closed == 1
