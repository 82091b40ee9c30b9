"""A small pool of database connections for the servers' event loop."""

from __future__ import annotations

import asyncio
import selectors
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

# PostgREST's default pool, below `max_connections` of the embedded Postgres.
MAX_CONNECTIONS = 10
CONNECT_TIMEOUT_S = 5
# The servers' texts and casts rely on these, whatever the database's own defaults are.
SESSION_OPTIONS = "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres"


async def connect(dsn: str) -> Connection:
    """Open one connection in autocommit mode, within 5 s.

    Raises:
        psycopg.OperationalError: The server cannot be reached, or refuses.
    """
    return await psycopg.AsyncConnection.connect(
        dsn,
        autocommit=True,
        # A prepared plan fails once a table has changed below it.
        prepare_threshold=None,
        options=SESSION_OPTIONS,
        connect_timeout=CONNECT_TIMEOUT_S,
    )


class DatabaseUnreachableError(psycopg.OperationalError):
    """No connection can be made, which PostgREST words differently from one that broke."""


class Database:
    """Lends at most ten connections; every method belongs to one event loop.

    Args:
        dsn: Connection string of a superuser.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._idle: list[Connection] = []
        self._slots = asyncio.Semaphore(MAX_CONNECTIONS)
        self._unreachable_since: float | None = None

    @property
    def away_s(self) -> float:
        """For how many seconds no connection could be made; 0 when the last one was."""
        since = self._unreachable_since
        return 0.0 if since is None else time.monotonic() - since

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection that is in no transaction; wait while all are lent.

        Raises:
            DatabaseUnreachableError: There is no connection to be had.
        """
        async with self._slots:
            # The latest first: it is the least likely to have been closed.
            connection = await self._take() or await self._connect()
            try:
                yield connection
            # A cancelled statement may still run, and its answer would come to the next borrower.
            except asyncio.CancelledError:
                await connection.close()
                raise
            except psycopg.OperationalError:
                # The others were made before the failure too.
                await self.close()
                raise
            finally:
                if self._is_usable(connection):
                    self._idle.append(connection)
                else:
                    await connection.close()

    async def close(self) -> None:
        """Close the connections that nobody holds."""
        idle, self._idle = self._idle, []
        for connection in idle:
            await connection.close()

    async def _connect(self) -> Connection:
        try:
            connection = await connect(self._dsn)
        except psycopg.OperationalError as problem:
            # `Retry-After` counts from the first failure, not from the latest.
            if self._unreachable_since is None:
                self._unreachable_since = time.monotonic()
            # psycopg's own error does not tell an attempt that failed from a connection that broke.
            raise DatabaseUnreachableError(str(problem)) from None
        self._unreachable_since = None
        return connection

    async def _take(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if self._is_usable(connection) and not _has_ended(connection):
                return connection
            await connection.close()
        return None

    @staticmethod
    def _is_usable(connection: Connection) -> bool:
        idle = connection.info.transaction_status is TransactionStatus.IDLE
        return not connection.closed and idle


def _has_ended(connection: Connection) -> bool:
    """Tell whether the server has closed an idle connection: nobody else makes it readable."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection.fileno(), selectors.EVENT_READ)
        return bool(selector.select(0))
