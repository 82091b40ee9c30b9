"""Keys that take more than one request: an answer is whole only if every part of it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast
from urllib.parse import parse_qsl

import pytest

from rtwidget.abc import Answer, TableQuery
from rtwidget.replica.keys import Key, Row
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.credentials import find_credentials
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.rest_reads import Rows
from rtwidget.sources.supabase.source import SupabaseSource
from rtwidget.sources.supabase.tokens.token_pool import TokenPool

QUERY = Query("t", None, (), (), ("id",))
KEYS: Sequence[Key] = [(f"{place:03d}" + "k" * 60,) for place in range(200)]


class Tokens:
    """Reads with the project's key."""

    async def read(self, ask: Callable[[Secret | None], Awaitable[Any]]) -> Any:
        return await ask(None)


class Server:
    """Answers one request after another: with all that it asks for, or with a row less than it says there are."""

    def __init__(self, *cut: bool) -> None:
        self.cut = cut
        self.requests = 0

    async def rows(self, query: str, token: object, count: object) -> Rows:
        assert (token, count) == (None, "exact")
        names = dict(parse_qsl(query))["id"].removeprefix("in.(").removesuffix(")").split(",")
        cut, self.requests = self.cut[self.requests], self.requests + 1
        rows: list[Row] = [(name.strip('"'),) for name in names]
        return Rows(("id",), rows[1:] if cut else rows, 10, len(rows))

    async def aclose(self) -> None: ...


async def asked(server: Server) -> Answer:
    credentials = find_credentials(
        url="http://localhost:1", key="k", access_token=None, client=None, realtime_url=None
    )
    source = SupabaseSource(credentials, TableQuery("public", "t"), cast("TokenPool", Tokens()))
    source._rest = server  # type: ignore[assignment]
    source._joins = type("Joins", (), {"query": QUERY})  # type: ignore[assignment]
    return await source.read_keys(KEYS)


@pytest.mark.parametrize("parts", [(True, False), (False, True), (True, True), (False, False)])
async def test_an_answer_is_whole_when_every_part_is(parts: tuple[bool, ...]) -> None:
    requests = len(QUERY.key_batches(KEYS))
    assert requests >= 2
    cut = [parts[0], *[False] * (requests - 2), parts[1]]
    server = Server(*cut)
    answer = await asked(server)
    assert server.requests == requests
    assert answer.whole == (not any(cut))
    assert len(answer.rows) == len(KEYS) - sum(cut)
    assert answer.wire_bytes == 10 * requests
