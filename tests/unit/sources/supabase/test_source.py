"""A Supabase source over a fake REST client: answers are whole only if every part is, and hold what was asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast
from urllib.parse import parse_qsl

import pytest

from rtwidget.abc import Answer, TableQuery, Watermark
from rtwidget.errors import SourceError
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


def opened(server: object, wanted: TableQuery = TableQuery("public", "t")) -> SupabaseSource:  # noqa: B008
    credentials = find_credentials(
        url="http://localhost:1", key="k", access_token=None, client=None, realtime_url=None
    )
    source = SupabaseSource(credentials, wanted, cast("TokenPool", Tokens()))
    source._rest = server  # type: ignore[assignment]
    source._joins = type("Joins", (), {"query": QUERY})  # type: ignore[assignment]
    return source


async def asked(server: Server) -> Answer:
    return await opened(server).read_keys(KEYS)


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


class Answering:
    """Gives one answer after another, and keeps what it was asked."""

    def __init__(self, *answers: Rows, rows: int | None = None) -> None:
        self.answers, self.total = list(answers), rows
        self.asked: list[tuple[str, object]] = []

    async def rows(self, query: str, _: object, count: object) -> Rows:
        self.asked.append((query, count))
        return self.answers.pop(0)

    async def count(self, query: str, _: object, count: object) -> int | None:
        self.asked.append((query, count))
        return self.total


def answer(*keys: int, columns: tuple[str, ...] = ("id",), total: int | None = None) -> Rows:
    return Rows(columns if keys else (), [(key,) for key in keys], 10, total)


async def test_no_keys_and_no_parts_cost_no_rows() -> None:
    server = Answering(rows=None)
    assert await opened(server).read_keys([]) == Answer((), (), whole=True)
    assert server.asked == []
    assert await opened(server).key_bounds(4) == []
    assert server.asked == [(QUERY.count(), "estimated")]


async def test_parts_are_cut_where_the_estimate_has_them() -> None:
    server = Answering(answer(3), answer(), answer(7), rows=8)
    assert await opened(server).key_bounds(4) == [(3,), (7,)]
    assert [query for query, _ in server.asked[1:]] == [QUERY.key_at(at) for at in (2, 4, 6)]


@pytest.mark.parametrize(("found", "key"), [(answer(7), (7,)), (answer(), None)])
async def test_the_last_key_and_the_next_are_one_row_or_none(found: Rows, key: Key | None) -> None:
    source = opened(Answering(found, found))
    assert (await source.last_key(), await source.next_key(None, (9,))) == (key, key)


async def test_columns_that_nobody_asked_for_are_refused() -> None:
    with pytest.raises(SourceError, match="other columns"):
        await opened(Answering(answer(7, columns=("name",)))).last_key()


async def test_an_answer_without_a_count_proves_no_key_gone() -> None:
    assert not (await opened(Answering(answer(1))).read_keys([(1,), (2,)])).whole
    assert (await opened(Answering(answer(1, total=1))).read_keys([(1,), (2,)])).whole


async def test_of_a_table_that_was_altered_between_two_requests_the_newer_columns_are_told() -> (
    None
):
    parts = len(QUERY.key_batches(KEYS))
    older, newer = answer(1, total=1), answer(2, columns=("key",), total=1)
    found = await opened(Answering(*[older] * (parts - 1), newer)).read_keys(KEYS)
    assert (found.columns, found.rows, found.whole) == (("key",), [(2,)], False)


async def test_a_watermark_is_the_exact_count_and_the_newest_version() -> None:
    server = Answering(rows=3)
    assert await opened(server).probe() == Watermark(3)
    assert server.asked == [(QUERY.count(), "exact")]
    newest = Rows(("id", "v"), [(7, 90)], 10, None)
    source = opened(Answering(newest, rows=3), TableQuery("public", "t", version="v"))
    assert await source.probe() == Watermark(3, ((7,), 90))
