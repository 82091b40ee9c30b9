"""As whom the rows are read: renewed tokens, refused ones, other people's."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from rtwidget.abc import Live, Notification
from rtwidget.errors import AuthenticationError, IdentityChangedError
from rtwidget.local import LocalBackend
from rtwidget.sources.supabase.tokens import token_keeper as keeper
from rtwidget.sources.supabase.tokens import token_pool as pool
from tests.integration.requested import requested
from tests.patience import PATIENCE_S

from .conftest import Open


@pytest.fixture
def owned(backend: LocalBackend) -> LocalBackend:
    """The table with rows of two owners, each visible to the owner alone."""
    backend.sql(
        "update t set owner = case when id < 3 then 'ada' else 'bob' end;"
        "alter table t enable row level security;"
        "create policy own on t using (owner = auth.jwt() ->> 'sub')"
    )
    return backend


async def ids(source: Any) -> list[int]:
    return [row[0] for row in (await source.read_page(None, None, 10)).rows]


async def test_each_user_sees_their_own_rows(owned: LocalBackend, opened: Open) -> None:
    ada = await opened(access_token=owned.token("authenticated", "ada"))
    bob = await opened(access_token=lambda: owned.token("authenticated", "bob"))
    nobody = await opened()
    seen = [*await asyncio.gather(ids(ada), ids(bob), ids(nobody))]
    assert seen == [[1, 2], [3, 4, 5], []]


async def test_feeds_are_shared_by_identity_not_by_token(owned: LocalBackend) -> None:
    async def feed_key(sub: str | None, **more: Any) -> object:
        token = owned.token("authenticated", sub) if sub else None
        arguments = {"url": owned.url, "key": owned.anon_key, "access_token": token, **more}
        return (await requested("t", **arguments).resolve()).feed_key

    ada = await feed_key("ada")
    assert ada == await feed_key("ada", url=f"{owned.url}/")
    assert hash(ada) == hash(await feed_key("ada"))
    others: list[dict[str, Any]] = [
        {"schema": "s"},
        {"columns": ["id"]},
        {"filter": {"id": 1}},
        {"limit": 5},
        {"primary_key": "id"},
        {"types": {"amount": "numeric"}},
        {"realtime_url": "wss://h/x"},
        {"key": owned.service_key},
    ]
    keys = {ada, await feed_key("bob"), await feed_key(None)}
    keys |= {await feed_key("ada", **other) for other in others}
    assert len(keys) == 3 + len(others)


async def test_an_expired_token_is_asked_for_again_once(owned: LocalBackend, opened: Open) -> None:
    given = [owned.token("authenticated", "ada", ttl_s=-100 - n) for n in range(3)]
    answers = iter([*given[:1], owned.token("authenticated", "ada"), *given[1:]])
    source = await opened(access_token=lambda: next(answers), primary_key="id")
    # The first token is past its end already, so the second is asked for before it is used.
    assert await ids(source) == [1, 2]


async def test_a_token_that_stays_refused_is_an_authentication_error(
    owned: LocalBackend, opened: Open
) -> None:
    calls: list[int] = []

    def wrong() -> str:
        calls.append(1)
        return "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2ln"

    source = await opened(access_token=wrong, primary_key="id")
    with pytest.raises(AuthenticationError):
        await source.read_keys([(1,)])
    assert len(calls) <= 3
    with pytest.raises(AuthenticationError):
        await anext((await opened(access_token=wrong)).notifications())


async def test_a_token_of_somebody_else_is_never_read_with(
    owned: LocalBackend, opened: Open
) -> None:
    subs = iter(["ada", "ada", "bob"])
    source = await opened(access_token=lambda: owned.token("authenticated", next(subs)))
    async with aclosing(source.notifications()) as events:
        assert await anext(events) == Live()
    with pytest.raises(IdentityChangedError):
        await anext(source.notifications())


async def test_a_renewed_token_is_pushed_without_a_gap(
    owned: LocalBackend, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "RENEW_AGAIN_S", 0.0)
    monkeypatch.setattr(pool, "RENEW_AGAIN_S", 0.3)
    made: list[str] = []

    def fresh() -> str:
        made.append(owned.token("authenticated", "ada", ttl_s=61 + len(made)))
        return made[-1]

    source = await opened(access_token=fresh)
    async with aclosing(source.notifications()) as events:
        assert await anext(events) == Live()
        asked = len(made)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.wait({waiting}, timeout=4.0)
        assert len(made) > asked
        owned.sql("update t set name = 'new' where id = 1")
        async with asyncio.timeout(PATIENCE_S):
            event = await waiting
            # A stream that had ended would raise here.
            while not (isinstance(event, Notification) and event.keys == ((1,),)):
                event = await anext(events)
