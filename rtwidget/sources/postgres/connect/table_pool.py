"""The reads of one table, over the connections that all tables of its login share."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import psycopg
from psycopg import sql

from rtwidget.errors import SourceError, UnreachableError
from rtwidget.sources.connections.shared_resource import Share, Sharing
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.open_connection import Connection
from rtwidget.sources.postgres.connect.pool import Pool
from rtwidget.sources.postgres.errors import shown, statement_error
from rtwidget.sources.postgres.read.statement import Statement
from rtwidget.sources.refused.grants import granting
from rtwidget.sources.refused.statements import statement_refusal

_POOLS: Sharing[Pool] = Sharing()


class TablePool:
    """One table's part of the pool (loop thread only).

    Args:
        address: Where to connect, and as whom.
        schema: The table's schema, for error messages.
        table: The table's name, for the same.
        given: The names of the arguments that the user gave, which error messages may speak of.
        constants: The texts that the user's filter compares with.
    """

    def __init__(
        self,
        address: Address,
        schema: str,
        table: str,
        given: AbstractSet[str] = frozenset(),
        constants: AbstractSet[str] = frozenset(),
    ) -> None:
        self._address = address
        self._names = (schema, table)
        self._relation = sql.Identifier(schema, table).as_string()
        self._given = given
        self._constants = constants
        self.role = ""
        """As whom reads run, once the catalog has told."""
        self._share: Share[Pool] | None = None
        self._closed = False

    async def read(self, statement: Statement) -> bytes | None:
        """Return the first value of a statement's answer, as the server wrote it; None without a row.

        Raises:
            SourceError: When it is refused, or nothing answers.
        """
        if self._closed:
            raise UnreachableError("The connection was closed here.")
        # At the first read, on the loop that reads; tables are made on any thread.
        if self._share is None:
            address = self._address
            self._share = _POOLS.join(address.identity, lambda: Pool(address))
        return await self._share.thing.read(statement, self._error)

    async def aclose(self) -> None:
        """Leave the connections; the last one closes them, and one that is lent when it comes back."""
        self._closed = True
        share, self._share = self._share, None
        if share is not None and share.leave():
            await share.thing.aclose()

    def _error(self, connection: Connection, error: psycopg.Error) -> SourceError:
        # A closed connection tells nothing, not even as whom it was opened.
        role = self.role or ("" if connection.closed else connection.info.user)
        grantee = sql.Identifier(role).as_string()
        words, table = error.diag.message_primary or "", self._names[1]
        grant = granting(words, table, self._relation, grantee, _quoted)
        state, said = error.sqlstate or "", shown(words)
        common = statement_refusal(state, said, self._relation, table, self._constants)
        return common or statement_error(error, self._relation, role, grant, self._given)


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string()
