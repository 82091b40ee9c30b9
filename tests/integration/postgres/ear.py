"""Hearing what is said on a table's channel, apart from rtwidget."""

from __future__ import annotations

import json
from typing import Any

import psycopg

from rtwidget.sources.postgres.listen.channel import channel_of
from tests.patience import PATIENCE_S

EVERYTHING = {"everything": True}


class Ear:
    """Hears what is said on a table's channel."""

    def __init__(self, dsn: str, table: str, schema: str = "public") -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._connection.execute(
            psycopg.sql.SQL("listen {}").format(psycopg.sql.Identifier(channel_of(schema, table)))
        )

    def payloads(self) -> list[Any]:
        """Return everything that was said before now."""
        return [json.loads(text) for text in self.texts()]

    def texts(self) -> list[str]:
        """Return the same, letter for letter."""
        self._connection.execute("select pg_notify(%s, 'end')", (self._channel(),))
        found: list[str] = []
        for one in self._connection.notifies(timeout=PATIENCE_S):
            if one.payload == "end":
                return found
            found.append(one.payload)
        raise AssertionError("Our own word was not heard.")

    def keys(self) -> list[Any]:
        """Return the keys of all that was said before now, sorted."""
        return sorted(key for payload in self.payloads() for key in payload["keys"])

    def close(self) -> None:
        self._connection.close()

    def _channel(self) -> str:
        return str(self._connection.execute("select pg_listening_channels()").fetchall()[0][0])
