"""From a request to a source: nothing is contacted before, and who reads decides what is shared."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.abc import ResolvedSource
from rtwidget.errors import AuthenticationError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.request import SupabaseRequest
from rtwidget.sources.supabase.source import SupabaseSource
from tests.requested import requested
from tests.unit.sources.supabase.tokens.jwt import KEY, jwt

URL = "https://ref.supabase.co"


def request(table: str = "t", **options: Any) -> SupabaseRequest:
    made = requested(table, **{"url": URL, "key": KEY.reveal(), **options})
    assert isinstance(made, SupabaseRequest)
    return made


async def resolved(table: str = "t", **options: Any) -> ResolvedSource:
    return await request(table, **options).resolve()


async def test_it_asks_for_no_token_before_it_is_resolved() -> None:
    asked: list[int] = []

    def token() -> str:
        asked.append(1)
        return jwt(sub="ada")

    made = request(access_token=token)
    assert (made.title, made.wanted.table, made.reader, asked) == ("t", "t", None, [])
    await made.resolve()
    assert (made.reader, len(asked)) == (token_of(Secret(jwt(sub="ada"))).identity, 1)


async def test_it_gives_a_source_of_the_project() -> None:
    found = await resolved()
    assert isinstance(found.source, SupabaseSource)
    assert found.project == URL
    assert found.identity is not None


async def test_a_renewed_token_of_the_same_reader_shares_the_feed_and_anothers_does_not() -> None:
    one = await resolved(access_token=jwt(sub="ada", exp=9e9))
    assert (await resolved(access_token=jwt(sub="ada", exp=9.1e9))).feed_key == one.feed_key
    bob = await resolved(access_token=jwt(sub="bob", exp=9e9))
    assert bob.feed_key != one.feed_key
    assert bob.stream_key != one.stream_key


@pytest.mark.parametrize(
    "other", [{"columns": ["id"]}, {"filter": "a=eq.1"}, {"order_by": "a", "limit": 5}]
)
async def test_other_rows_of_a_table_are_another_feed_on_the_same_stream(
    other: dict[str, Any],
) -> None:
    one, narrower = await resolved(), await resolved(**other)
    assert one.feed_key != narrower.feed_key
    assert one.stream_key == narrower.stream_key


@pytest.mark.parametrize(
    "other",
    [
        {"table": "u"},
        {"schema": "app"},
        {"primary_key": "n"},
        {"key": "sb_publishable_other"},
        {"url": "https://other.supabase.co"},
        {"realtime_url": "wss://elsewhere.example/socket/websocket"},
    ],
)
async def test_another_table_key_or_place_is_another_stream(other: dict[str, Any]) -> None:
    assert (await resolved(**other)).stream_key != (await resolved()).stream_key


async def test_no_key_holds_a_secret() -> None:
    found = await resolved(access_token=jwt(sub="ada"))
    keys = repr((found.feed_key, found.stream_key))
    assert KEY.reveal() not in keys
    assert jwt(sub="ada") not in keys


async def test_a_function_that_fails_is_said_when_it_is_resolved() -> None:
    def token() -> str:
        raise KeyError("nobody")

    with pytest.raises(AuthenticationError):
        await resolved(access_token=token)
