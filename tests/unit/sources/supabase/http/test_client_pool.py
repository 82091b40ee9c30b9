"""Clients are lent one to a request, kept while they work, and dropped when a request broke them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from rtwidget.errors import UnreachableError
from rtwidget.replica.budgets import PROJECT_READS_IN_FLIGHT
from rtwidget.sources.supabase.endpoint import checked_endpoint
from rtwidget.sources.supabase.http import client_pool
from rtwidget.sources.supabase.http.client_pool import ClientPool, shared_pool

ENDPOINT = checked_endpoint("http://localhost:54321", None, insecure=False)


class Client:
    """A client that only knows whether it was closed."""

    closed = False

    async def aclose(self) -> None:
        self.closed = True


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Client]:
    """All clients that a pool makes."""
    clients: list[Client] = []

    def make(*_: object) -> Client:
        clients.append(Client())
        return clients[-1]

    monkeypatch.setattr(client_pool, "http_client", make)
    return clients


async def test_one_after_another_is_lent_the_same_client(made: list[Client]) -> None:
    pool = ClientPool(ENDPOINT)
    for _ in range(3):
        async with pool.lent() as client:
            assert client is made[0]  # type: ignore[comparison-overlap]
    assert len(made) == 1


async def test_no_more_are_lent_at_once_than_reads_may_be_in_flight(made: list[Client]) -> None:
    pool = ClientPool(ENDPOINT)

    async def read() -> None:
        async with pool.lent():
            pass

    async with AsyncExitStack() as stack:
        for _ in range(PROJECT_READS_IN_FLIGHT):
            await stack.enter_async_context(pool.lent())
        waiting = asyncio.ensure_future(read())
        for _ in range(10):
            await asyncio.sleep(0)
        assert not waiting.done()
    await waiting
    assert len(made) == PROJECT_READS_IN_FLIGHT


@pytest.mark.parametrize("error", [OSError(), asyncio.CancelledError()])
async def test_a_client_whose_request_broke_off_is_lent_to_nobody_else(
    made: list[Client], error: BaseException
) -> None:
    pool = ClientPool(ENDPOINT)
    with pytest.raises(type(error)):
        async with pool.lent():
            raise error
    async with pool.lent():
        assert len(made) == 2
    await pool.aclose()
    assert [client.closed for client in made] == [True, True]


async def test_a_closed_pool_lends_nothing_and_closes_what_comes_back(made: list[Client]) -> None:
    pool = ClientPool(ENDPOINT)
    async with pool.lent():
        await pool.aclose()
        assert [client.closed for client in made] == [False]
    await pool.aclose()
    assert [client.closed for client in made] == [True]
    with pytest.raises(UnreachableError, match="closed here"):
        async with pool.lent():
            pass


async def test_readers_of_a_project_share_a_pool_until_the_environment_is_mended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = shared_pool(ENDPOINT)
    assert shared_pool(ENDPOINT) is first
    assert shared_pool(checked_endpoint("http://localhost:9", None, insecure=False)) is not first
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hidden@proxy.example:8080")
    proxied = shared_pool(ENDPOINT)
    assert proxied is not first
    assert "hidden" not in repr(client_pool._name(ENDPOINT))
