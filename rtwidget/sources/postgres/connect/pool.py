"""A few connections for the reads of one login: each read is a read-only transaction of its own, in one round trip."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from rtwidget.errors import SourceError, UnreachableError
from rtwidget.replica.budgets import PROJECT_READS_IN_FLIGHT, READ_TIMEOUT_S
from rtwidget.sources.connections.quiet_loggers import unlogged
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.open_connection import (
    Connection,
    broken_after,
    connect,
    demand_not_cancelled,
)
from rtwidget.sources.postgres.read.statement import CATALOG_PATH, STAYS, Statement
from rtwidget.sources.postgres.read.text_settings import SETTINGS

IDLE_S = 60.0
"""How long one stays open without a read: longer than two probes are apart, so that a busy table keeps one."""
SILENCE_S = READ_TIMEOUT_S + 5.0
"""After so long a connection is ended from here: five seconds after a read gave up and asked the server to stop."""

# Local to the transaction, so that poolers may lend the connection to anybody; but that nobody ends it for being idle, which
# a pooler's connections should be spared too.
_SETTING = sql.SQL("pg_catalog.set_config({}, {}, true)")
_SETTINGS = sql.SQL("select {}, {}").format(
    sql.SQL(", ").join(
        _SETTING.format(*map(sql.Literal, setting))
        for setting in {"transaction_read_only": "on", **SETTINGS}.items()
    ),
    STAYS,
)
_NO_ENCODING = "SQL_ASCII"
# A database without an encoding refuses to send bytes that are no text in the one that is asked for, and with them the whole page.
_AS_THEY_ARE = sql.SQL("select ") + _SETTING.format(
    *map(sql.Literal, ("client_encoding", _NO_ENCODING))
)

Explain = Callable[[Connection, psycopg.Error], SourceError]


class Pool:
    """Lends connections to the reads of all tables of one login; its loop's thread only.

    As many may be idle as may read at once, however many tables there are; each one costs the server some megabytes.

    Args:
        address: Where to connect, and as whom.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._idle: list[Connection] = []
        self._expiries: dict[Connection, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(PROJECT_READS_IN_FLIGHT)
        self._closed = False

    async def read(self, statement: Statement, explain: Explain) -> bytes | None:
        """Return the first value of a statement's answer, as the server wrote it; None without a row.

        Args:
            statement: What to run.
            explain: Returns what an error means for the table that is read.

        Raises:
            SourceError: When it is refused, or nothing answers.
        """
        async with self._slots:
            if self._closed:
                raise UnreachableError("The connection was closed here.")
            while self._idle:
                answer = await self._run(self._taken(), statement, explain)
                # One that was idle may have been ended meanwhile, which says nothing about the server now.
                if not isinstance(answer, UnreachableError):
                    break
            else:
                answer = await self._run(await connect(self._address), statement, explain)
        # Raised here, outside of any handler: psycopg's errors hold the password.
        if isinstance(answer, SourceError):
            raise answer
        return answer

    async def aclose(self) -> None:
        """Close every connection; one that is lent is closed when it comes back."""
        self._closed = True
        while self._idle:
            await self._taken().close()
        await asyncio.gather(*self._closing)

    def _taken(self) -> Connection:
        """Take the idle connection that was used last, so that the others can expire."""
        connection = self._idle.pop()
        self._expiries.pop(connection).cancel()
        return connection

    def _give_back(self, connection: Connection) -> None:
        self._idle.append(connection)
        loop = asyncio.get_running_loop()
        self._expiries[connection] = loop.call_later(IDLE_S, self._expire, connection)

    def _expire(self, connection: Connection) -> None:
        self._idle.remove(connection)
        del self._expiries[connection]
        closing = asyncio.get_running_loop().create_task(connection.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def _run(
        self, connection: Connection, statement: Statement, explain: Explain
    ) -> bytes | SourceError | None:
        try:
            # Written before the encoding of the transaction is another one, which psycopg would write in.
            text = statement.text.as_bytes(connection)
            with unlogged("psycopg"), broken_after(connection, SILENCE_S):
                # No BEGIN and COMMIT: what a pipeline sends at once is one transaction, which ends on the server by itself.
                # A network that stalls before a COMMIT would keep the lock, and with it whoever wants to TRUNCATE.
                async with connection.pipeline():
                    await connection.execute(_SETTINGS)
                    if connection.info.parameter_status("server_encoding") == _NO_ENCODING:
                        await connection.execute(_AS_THEY_ARE)
                    if statement.of_catalog:
                        await connection.execute(CATALOG_PATH)
                    cursor = await connection.execute(text, statement.values)
            demand_not_cancelled()
            result = cursor.pgresult
            return result.get_value(0, 0) if result is not None and result.ntuples else None
        except psycopg.Error as error:
            demand_not_cancelled()
            return explain(connection, error)
        finally:
            idle = connection.info.transaction_status is TransactionStatus.IDLE
            # Any other status means that a transaction is open or the connection broken: nobody else may get it.
            if idle and not self._closed:
                self._give_back(connection)
            else:
                await connection.close()
