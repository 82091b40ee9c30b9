"""The transaction that a request runs in: as its role, with what functions and policies may read of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from rtwidget.local.postgres.database import Connection, Database
from rtwidget.local.postgres.role_transaction import acting_as
from rtwidget.local.rest.request_address import WRITE_METHODS, raw_path

if TYPE_CHECKING:
    from aiohttp import web

    from rtwidget.local.rest.preferences import Preferences
    from rtwidget.local.server_settings import Settings


class RequestTransactions:
    """Opens transactions for requests. Belongs to the server's event loop.

    Args:
        database: Where.
        settings: Search path, and the longest statement, in seconds.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    @asynccontextmanager
    async def open(
        self, request: web.Request, claims: dict[str, Any], schema: str, preferences: Preferences
    ) -> AsyncIterator[Connection]:
        """Lend a connection in a transaction, which is read-only unless the method writes.

        Args:
            request: What the settings `request.*` are read from.
            claims: Of the token; the role is one of them.
            schema: The first in the search path.
            preferences: May name a time zone.

        Raises:
            psycopg.Error: There is no connection, or the role may not be acted as.
        """
        # Without repetitions, and in order: the request's own schema wins.
        names = dict.fromkeys((schema, *self._settings.extra_search_path))
        settings = {
            "search_path": ", ".join('"' + name.replace('"', '""') + '"' for name in names),
            "request.method": request.method,
            "request.path": "/" + raw_path(request),
            "request.headers": json.dumps(
                # PostgREST has cookies in a setting of their own.
                {name.lower(): value for name, value in request.headers.items() if name != "Cookie"}
            ),
        }
        if "timezone" in preferences.chosen:
            settings["timezone"] = preferences.chosen["timezone"]
        async with (
            self._database.connection() as connection,
            acting_as(
                connection,
                claims,
                timeout_s=self._settings.statement_timeout_s,
                read_only=request.method not in WRITE_METHODS,
                settings=settings,
            ),
        ):
            yield connection
