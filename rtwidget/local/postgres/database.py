"""A small pool of database connections for the servers' event loop."""

from __future__ import annotations

import asyncio
import json
import selectors
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

MAX_CONNECTIONS = 10
CONNECT_TIMEOUT_S = 5
# The servers' texts and casts rely on these, whatever the database's own defaults are.
SESSION_OPTIONS = "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres"


async def connect(dsn: str) -> Connection:
    """Open one connection in autocommit mode."""
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
    """Lends connections; every method belongs to one event loop."""

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
            connection = await self._take() or await self._connect()
            try:
                yield connection
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
            if self._unreachable_since is None:
                self._unreachable_since = time.monotonic()
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


@asynccontextmanager
async def acting_as(
    connection: Connection,
    claims: Mapping[str, Any],
    *,
    timeout_s: float = 0.0,
    read_only: bool = True,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[None]:
    """Run the body in one transaction as the role of a token.

    Args:
        connection: In no transaction.
        claims: The token's claims, what policies see as `request.jwt.claims`.
        timeout_s: Longest statement in seconds; 0 means no limit.
        read_only: Refuse writes and roll back at the end.
        settings: Further parameters of the transaction.

    Raises:
        psycopg.Error: The role is unknown, or not one that `authenticator` may act as.
    """
    mode = sql.SQL("read only" if read_only else "read write")
    values = {"request.jwt.claims": json.dumps(dict(claims)), **(settings or {})}
    try:
        await connection.execute(
            sql.SQL(
                "begin isolation level read committed {mode};"
                "set local session authorization authenticator;"
                "set local role {role};"
                "set local statement_timeout = {timeout};"
                "select {settings}"
            ).format(
                mode=mode,
                role=sql.Identifier(str(claims.get("role", "anon"))),
                timeout=sql.Literal(int(timeout_s * 1000)),
                settings=sql.SQL(", ").join(
                    sql.SQL("set_config({}, {}, true)").format(
                        sql.Literal(name), sql.Literal(value)
                    )
                    for name, value in values.items()
                ),
            )
        )
        yield
        if not read_only:
            await connection.execute("commit")
    finally:
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            await _roll_back(connection)


async def _roll_back(connection: Connection) -> None:
    try:
        await connection.execute("rollback")
    except psycopg.OperationalError:
        await connection.close()
