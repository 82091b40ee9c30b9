"""The REST endpoint: the part of PostgREST that a reading client needs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import psycopg
from aiohttp import web

from rtwidget.local import rest_errors
from rtwidget.local.database import Database, acting_as
from rtwidget.local.gateway import claims_of
from rtwidget.local.openapi import describe
from rtwidget.local.rest_errors import RestError
from rtwidget.local.rest_query import Query, parse_query
from rtwidget.local.rest_sql import change, page

if TYPE_CHECKING:
    from rtwidget.local.faults import Faults
    from rtwidget.local.settings import Settings

PREFIX = "/rest/v1/"
ROOT_REFUSAL = {
    "message": "Access to schema is forbidden",
    "hint": "Accessing the schema via the Data API is only allowed using a secret API key.",
}


class RestServer:
    """Answers reads. Belongs to the server's event loop."""

    def __init__(self, secret: str, database: Database, settings: Settings, faults: Faults) -> None:
        self._secret = secret
        self._database = database
        self._settings = settings
        self._faults = faults

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve the root and the tables."""
        router.add_get(PREFIX, self._root)
        router.add_get(PREFIX + "{table:[^/]+}", self._table)
        router.add_patch(PREFIX + "{table:[^/]+}", self._change)

    async def _root(self, request: web.Request) -> web.Response:
        try:
            claims = self._claims(request)
            if claims["role"] != "service_role":
                return web.json_response(ROOT_REFUSAL, status=403)
            schema = self._schema(request)
            async with self._database.connection() as connection:
                return web.json_response(await describe(connection, schema))
        except psycopg.Error as problem:
            return self._answer(rest_errors.from_database(problem, "service_role", ""))
        except RestError as error:
            return self._answer(error)

    async def _table(self, request: web.Request) -> web.Response:
        try:
            claims = self._claims(request)
            return await self._read(request, claims)
        except RestError as error:
            return self._answer(error)

    async def _change(self, request: web.Request) -> web.Response:
        """Change rows, and answer as with `Prefer: return=minimal, count=exact`."""
        try:
            claims = self._claims(request)
            schema, table = self._schema(request), request.match_info["table"]
            query = parse_query([(name, value) for name, value in request.query.items()])
            statement = change(schema, table, query, await request.text())
            timeout_s = self._settings.statement_timeout_s
            path = (schema, *self._settings.extra_search_path)
            async with (
                self._database.connection() as connection,
                acting_as(
                    connection, claims, timeout_s=timeout_s, read_only=False, search_path=path
                ),
            ):
                count = (await connection.execute(statement)).rowcount
        except psycopg.Error as problem:
            role = str(claims["role"])
            return self._answer(rest_errors.from_database(problem, role, f"{schema}.{table}"))
        except RestError as error:
            return self._answer(error)
        return web.Response(status=204, headers={"Content-Range": f"*/{count}"})

    async def _read(self, request: web.Request, claims: dict[str, Any]) -> web.Response:
        schema, table = self._schema(request), request.match_info["table"]
        query = parse_query(
            [(name, value) for name, value in request.query.items() if name != "apikey"],
            request.headers.get("Range"),
        )
        wants_count = "count=" in request.headers.get("Prefer", "")
        most_rows = self._faults.rest.capped(self._settings.max_rows)
        statement = page(schema, table, query, most_rows, count=wants_count)
        timeout_s = self._settings.statement_timeout_s
        path = (schema, *self._settings.extra_search_path)
        try:
            async with (
                self._database.connection() as connection,
                acting_as(connection, claims, timeout_s=timeout_s, search_path=path),
            ):
                row = await (await connection.execute(statement)).fetchone()
        except psycopg.Error as problem:
            raise rest_errors.from_database(
                problem, str(claims["role"]), f"{schema}.{table}"
            ) from None
        total, count, body = row or (None, 0, "[]")
        await self._faults.rest.stalled.passage()
        return self._rows(request, query, total, count, body)

    @staticmethod
    def _rows(
        request: web.Request, query: Query, total: int | None, count: int, body: str
    ) -> web.Response:
        offset = query.offset
        if total is not None and offset > total:
            raise RestError(
                416,
                "PGRST103",
                "Requested range not satisfiable",
                f"An offset of {offset} was requested, but there are only {total} rows.",
            )
        span = f"{offset}-{offset + count - 1}" if count else "*"
        partial = total is not None and count < total
        return web.Response(
            status=206 if partial else 200,
            body=b"" if request.method == "HEAD" else body.encode(),
            headers={
                "Content-Range": f"{span}/{'*' if total is None else total}",
                "Content-Type": "application/json; charset=utf-8",
            },
        )

    def _claims(self, request: web.Request) -> dict[str, Any]:
        self._faults.rest.check()
        valid_from = self._faults.tokens_valid_from
        return claims_of(request, self._secret, self._settings.token_leeway_s, valid_from)

    def _schema(self, request: web.Request) -> str:
        exposed = self._settings.exposed_schemas
        schema = request.headers.get("Accept-Profile", exposed[0])
        if schema not in exposed:
            raise RestError(
                406,
                "PGRST106",
                f"Invalid schema: {schema}",
                hint=f"Only the following schemas are exposed: {', '.join(exposed)}",
            )
        return schema

    def _answer(self, error: RestError) -> web.Response:
        headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}  # noqa: PLR2004
        wait_s = error.retry_after_s
        if wait_s is None and error.is_from_database and error.status == 503:  # noqa: PLR2004
            longest_s = self._settings.max_retry_after_s
            wait_s = rest_errors.retry_after_s(self._database.away_s, longest_s)
        if wait_s is not None:
            headers["Retry-After"] = str(math.ceil(wait_s))
        return web.json_response(error.body, status=error.status, headers=headers)
