"""The database as the oracle asks it: past REST, past Realtime, as any role."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import psycopg

Rows = list[tuple[Any, ...]]


class Database:
    """One connection, made anew when Postgres was restarted.

    Args:
        dsn: Connection string of a superuser.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    def run(self, statements: str) -> None:
        """Run statements in one transaction."""
        self._live().execute(statements.encode())

    def select_as(self, claims: Mapping[str, str], query: str) -> Rows:
        """Return what a token with these claims may select."""
        connection = self._live()
        with connection.transaction():
            connection.execute(
                "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
                (claims["role"], json.dumps(claims)),
            )
            return connection.execute(query.encode()).fetchall()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _live(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._connection is not None:
            try:
                self._connection.execute("select")
            except psycopg.OperationalError:
                self._connection.close()
            else:
                return self._connection
        self._connection = psycopg.connect(self._dsn, autocommit=True)
        self._connection.execute("set timezone = 'UTC'")
        return self._connection
