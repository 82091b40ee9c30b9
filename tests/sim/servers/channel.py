"""One join on the simulated Realtime server: it ends with its token, unless a better one is pushed before."""

from __future__ import annotations

import asyncio

from rtwidget.abc import Event
from rtwidget.errors import AuthenticationError, SourceError
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.tokens.token_pool import TokenPool
from tests.sim.servers.backend import Backend
from tests.sim.servers.realtime_server import Subscription
from tests.sim.servers.tokens import name_of


class Channel:
    """What a client does with one subscription.

    Args:
        backend: Where the server is.
        tokens: Give the tokens of the identity.
        subscription: What the server knows of it.
    """

    def __init__(self, backend: Backend, tokens: TokenPool, subscription: Subscription) -> None:
        self._server, self._door = backend.server, backend.tokens
        self._tokens = tokens
        self._subscription = subscription

    def join(self, token: Token) -> None:
        """Join; unlike the REST API, Realtime forgives no second.

        Raises:
            AuthenticationError: When the token has ended.
        """
        try:
            self._door.demand(token, forgiven_s=0.0)
        except AuthenticationError:
            self._tokens.bar(token)
            raise
        self._subscription.ends_at = self._door.ends_at(token)
        self._server.joined_with.append(name_of(token))

    async def renew(self, token: Token) -> None:
        """Push a better token in time, again and again, until cancelled; what keeps from it ends the connection."""
        while True:
            try:
                token = await self._tokens.better(token)
            except SourceError as error:
                self._subscription.frames.put_nowait((0.0, error))
                return
            self._subscription.ends_at = self._door.ends_at(token)
            self._server.pushed_with.append(name_of(token))

    async def next(self) -> Event | SourceError:
        """Return what arrives next: an event, or the end."""
        clock, wall = asyncio.get_running_loop().time, self._door.wall
        while True:
            try:
                async with asyncio.timeout(self._subscription.ends_at - wall()):
                    arrives_at, event = await self._subscription.frames.get()
            except TimeoutError:
                if wall() < self._subscription.ends_at:
                    continue  # another was pushed meanwhile
                return AuthenticationError("Token has expired 0 seconds ago.")
            await asyncio.sleep(max(0.0, arrives_at - clock()))
            return event
