"""A connection that listens: statements, notifications and the table's state over it, each within a time."""

from __future__ import annotations

from contextlib import aclosing
from typing import NoReturn

import psycopg
from psycopg import sql
from psycopg.errors import Diagnostic

from rtwidget.errors import (
    ConnectionLostError,
    NotificationsUnavailableError,
    SourceError,
    TableNotFoundError,
    UnreachableError,
)
from rtwidget.sources.connections.quiet_loggers import unlogged
from rtwidget.sources.postgres.catalog.catalog import Table, names_of, read_table
from rtwidget.sources.postgres.catalog.catalog_sql import CATALOG
from rtwidget.sources.postgres.connect.open_connection import (
    Connection,
    broken_after,
    demand_not_cancelled,
)
from rtwidget.sources.postgres.errors import Said, refusal_error, shown, statement_error
from rtwidget.sources.postgres.read.statement import CATALOG_PATH, Statement
from rtwidget.sources.postgres.triggers.trigger_check import announcing

_LAST = frozenset({"FATAL", "PANIC"})
REPLY_S = 10.0
"""The longest wait for an answer on this connection, as on Supabase."""


class ListeningConnection:
    """A connection of its own for one stream (loop thread only).

    Args:
        connection: The connection, its owner's alone.
        schema: The table's schema.
        table: The table's name.
    """

    def __init__(self, connection: Connection, schema: str, table: str) -> None:
        self._connection = connection
        self._schema = schema
        self._table = table
        self._relation = sql.Identifier(schema, table).as_string()
        self._role = connection.info.user
        self._last_words: Said | None = None
        connection.add_notice_handler(self._noted)

    async def run(self, statement: Statement) -> bytes | None:
        """Return the first value of a statement's answer, or None without one.

        Raises:
            SourceError: When it is refused, or no answer comes in `REPLY_S`.
        """
        answer = await self._attempt(statement)
        # Raised outside of the handler, because psycopg's errors hold the password.
        if isinstance(answer, SourceError):
            self._lost(answer)
        return answer

    async def heard(self, seconds: float) -> list[tuple[str, str]]:
        """Return channel and payload of what came, as soon as something came; nothing when the time is over.

        Raises:
            ConnectionLostError: When the connection ended.
        """
        found = await self._wait(max(0.0, seconds))
        if isinstance(found, SourceError):
            self._lost(found)
        return found

    async def announcing_table(self) -> Table:
        """Return what the catalog says of the table, which announces every change by its key.

        Raises:
            TableNotFoundError: When it is gone.
            NotificationsUnavailableError: When it does not announce all of its changes.
        """
        names = names_of(self._schema, self._table)
        table = read_table(await self.run(Statement(sql.SQL(CATALOG), names, of_catalog=True)))
        if table is None:
            raise TableNotFoundError(
                f"There is no table {self._relation}.", "Check the name and `schema=`."
            )
        standing = announcing(self._schema, self._table, table)
        if not standing.enabled:
            raise NotificationsUnavailableError(" ".join(standing.reasons), standing.mend)
        return table

    async def aclose(self) -> None:
        """End the connection, with which the server forgets who listened."""
        await self._connection.close()

    async def _attempt(self, statement: Statement) -> bytes | SourceError | None:
        try:
            with unlogged("psycopg"), broken_after(self._connection, REPLY_S):
                if statement.of_catalog:
                    # One round trip, and one transaction, to which the search path is local.
                    async with self._connection.pipeline():
                        await self._connection.execute(CATALOG_PATH)
                        cursor = await self._connection.execute(statement.text, statement.values)
                else:
                    cursor = await self._connection.execute(
                        statement.text, statement.values or None
                    )
        except psycopg.Error as error:
            demand_not_cancelled()
            return self._error(error)
        demand_not_cancelled()
        result = cursor.pgresult
        return result.get_value(0, 0) if result is not None and result.ntuples else None

    async def _wait(self, seconds: float) -> list[tuple[str, str]] | SourceError:
        try:
            async with aclosing(
                self._connection.notifies(timeout=seconds, stop_after=1)
            ) as notifications:
                found = [(one.channel, one.payload) async for one in notifications]
        except psycopg.Error as error:
            demand_not_cancelled()
            return self._error(error)
        except UnicodeError:  # a database without an encoding passes on any bytes
            return UnreachableError("A notification came that is no text.")
        demand_not_cancelled()
        return found

    def _noted(self, said: Diagnostic) -> None:
        # What ends a session that is idle comes as a notice, and then the connection is closed without a word.
        if said.severity_nonlocalized in _LAST:
            self._last_words = Said(said.sqlstate, shown(said.message_primary or ""))

    def _error(self, error: psycopg.Error) -> SourceError:
        if error.sqlstate is None and self._last_words is not None:
            return refusal_error(self._last_words, self._relation, self._role, "")
        return statement_error(error, self._relation, self._role, "")

    def _lost(self, error: SourceError) -> NoReturn:
        # For a stream that is its end; the feed starts another one after a pause.
        if isinstance(error, UnreachableError):
            raise ConnectionLostError(error.message, error.hint, code=error.code)
        raise error
