"""On which loop an async client is asked: its own, but for a look at the session while that one is busy."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from rtwidget.sources.supabase.credentials.client_session import ClientSession
from tests.patience import PATIENCE_S
from tests.unit.sources.supabase.tokens.jwt import jwt


class Auth:
    """An async client's `auth`, which notes the thread that runs it."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)
        self.asked: list[tuple[str, str]] = []

    async def get_session(self) -> Any:
        return self._note("get_session")

    async def refresh_session(self) -> Any:
        self.tokens.pop(0)
        return SimpleNamespace(session=self._note("refresh_session"))

    def _note(self, what: str) -> Any:
        self.asked.append((what, threading.current_thread().name))
        return SimpleNamespace(access_token=self.tokens[0])


class Home:
    """The loop that a client was made on, in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="home")
        self.free = threading.Event()
        self.thread.start()

    def make(self, auth: Auth) -> ClientSession:
        async def make() -> ClientSession:
            return ClientSession(auth, url="https://x", key="k")

        return asyncio.run_coroutine_threadsafe(make(), self.loop).result(PATIENCE_S)

    def compute(self) -> None:
        """Hold the loop up, as a cell that computes does, until `free` is set."""
        holding = threading.Event()

        def hold() -> None:
            holding.set()
            self.free.wait(30)

        self.loop.call_soon_threadsafe(hold)
        assert holding.wait(5)

    def stop(self) -> None:
        self.free.set()
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.loop.stop)
            self.thread.join(PATIENCE_S)
            self.loop.close()


@pytest.fixture
def home() -> Iterator[Home]:
    made = Home()
    yield made
    made.stop()


async def test_a_client_is_asked_on_the_loop_that_it_was_made_on(home: Home) -> None:
    auth = Auth(jwt(sub="a", n=1), jwt(sub="a", n=2))
    session = home.make(auth)
    first = await session.fetch(renew=False)
    assert await session.fetch(renew=True) != first
    assert auth.asked == [(what, "home") for what in ("get_session",) * 2 + ("refresh_session",)]


async def test_a_session_is_looked_up_while_the_clients_loop_is_busy(home: Home) -> None:
    auth = Auth(jwt(sub="a", exp=9e9))
    session = home.make(auth)
    home.compute()
    assert await session.fetch(renew=False) == await session.fetch(renew=False)
    assert auth.asked == [("get_session", threading.current_thread().name)] * 2


async def test_a_session_that_may_be_renewed_waits_for_the_clients_loop(home: Home) -> None:
    auth = Auth(jwt(sub="a", exp=1.0))
    session = home.make(auth)
    await session.fetch(renew=False)
    home.compute()
    asking = asyncio.ensure_future(session.fetch(renew=False))
    await asyncio.wait([asking], timeout=0.5)
    assert not asking.done()
    home.free.set()
    await asking
    assert auth.asked == [("get_session", "home")] * 2


async def test_a_client_whose_loop_has_ended_is_asked_on_ours(home: Home) -> None:
    auth = Auth(jwt(sub="a"))
    session = home.make(auth)
    home.stop()
    await session.fetch(renew=False)
    assert auth.asked == [("get_session", threading.current_thread().name)]
