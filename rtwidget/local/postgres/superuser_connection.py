"""One connection of the superuser, for whoever sets up or looks at the database from outside the servers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from rtwidget.local.postgres.supabase_setup import CONNECT_TIMEOUT_S


class SuperuserConnection:
    """Opened at first use, and again when Postgres was restarted meanwhile. Any thread, one at a time.

    Args:
        dsn: Returns the connection string, which changes with each start of the backend.
    """

    def __init__(self, dsn: Callable[[], str]) -> None:
        self._dsn = dsn
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    def execute(self, text: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run SQL in autocommit mode and return the last result's rows.

        Args:
            text: One statement with `%s` for each parameter, or any number without parameters.
            parameters: Values.

        Raises:
            psycopg.Error: The database refused.
        """
        cursor = self._live().execute(text.encode(), parameters or None)
        while cursor.nextset():
            pass
        return cursor.fetchall() if cursor.description is not None else []

    def close(self) -> None:
        """Close it; the next statement opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _live(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._connection is not None:
            try:
                # A connection that a restart has cut says so only when it is used.
                self._connection.execute("select")
            except psycopg.OperationalError:
                self._connection.close()
            else:
                return self._connection
        self._connection = psycopg.connect(
            self._dsn(), autocommit=True, connect_timeout=CONNECT_TIMEOUT_S
        )
        return self._connection
