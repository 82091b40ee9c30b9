"""The HTTP connections of one project: as many as the budget of reads needs, however many tables there are."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from typing import Final
from urllib.request import getproxies

import httpx

from rtwidget.replica.budgets import PROJECT_READS_IN_FLIGHT
from rtwidget.sources.connections.shared_resource import Share, Sharing
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.endpoint import Endpoint
from rtwidget.sources.supabase.gateway.certificates import unreachable
from rtwidget.sources.supabase.http.http_clients import http_client, trusted_certificates

CONNECT_S: Final = 10.0
"""The longest wait for a connection, in seconds."""
_CERTIFICATES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class ClientPool:
    """Lends clients of one connection each; its loop's thread only.

    One client with several connections would do, were it not for httpcore: a request that is cancelled while it connects leaves
    its place in the pool taken, and once all places are, nobody reads any more.

    Args:
        endpoint: The project's addresses.

    Raises:
        OSError: When the certificates that the environment names cannot be read.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._certificates = trusted_certificates(endpoint)
        # As many connections as reads may be in flight: another one would always be idle.
        self._places = asyncio.Semaphore(PROJECT_READS_IN_FLIGHT)
        self._idle: list[httpx.AsyncClient] = []
        self._closing: set[asyncio.Task[None]] = set()
        self._closed = False
        self.worked = False
        """Whether the server ever answered."""

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[httpx.AsyncClient]:
        """Wait for a client, and hold it for one request.

        Raises:
            UnreachableError: When the pool was closed.
        """
        async with self._places:
            if self._closed:
                raise unreachable(self._endpoint.host, "the connection was closed here")
            # The one that was used last, whose connection is the most likely to be open still.
            client = self._idle.pop() if self._idle else self._made()
            try:
                yield client
            except BaseException:
                self._drop(client)
                raise
            self._give_back(client)

    async def aclose(self) -> None:
        """Close every connection; one that is lent is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._drop(self._idle.pop())
        await asyncio.gather(*self._closing)

    def _made(self) -> httpx.AsyncClient:
        return http_client(self._endpoint, CONNECT_S, self._certificates)

    def _give_back(self, client: httpx.AsyncClient) -> None:
        if self._closed:
            self._drop(client)
        else:
            self._idle.append(client)

    def _drop(self, client: httpx.AsyncClient) -> None:
        # On its own, because whoever gives a client back may be cancelled already.
        closing = asyncio.get_running_loop().create_task(client.aclose())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)


_POOLS: Sharing[ClientPool] = Sharing()


def shared_pool(endpoint: Endpoint) -> Share[ClientPool]:
    """Return the pool that all readers of a project share on this loop.

    Args:
        endpoint: The project's addresses.

    Raises:
        OSError: When the certificates that the environment names cannot be read.
    """
    return _POOLS.join(_name(endpoint), lambda: ClientPool(endpoint))


def _name(endpoint: Endpoint) -> Hashable:
    # Clients read the environment once; whoever mends it there must not get those that have read it before.
    around = repr((sorted(getproxies().items()), [os.environ.get(name) for name in _CERTIFICATES]))
    return endpoint.url, Secret(around).digest
