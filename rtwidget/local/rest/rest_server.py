"""The REST endpoint: the part of PostgREST that reads, and changes rows that exist."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import psycopg
from aiohttp import web

from rtwidget.local.rest import rest_errors
from rtwidget.local.rest.api_gateway import claims_of
from rtwidget.local.rest.get_request import GetRequest
from rtwidget.local.rest.media import accepted_types, media_type_name, not_acceptable
from rtwidget.local.rest.patch_request import PatchRequest
from rtwidget.local.rest.preferences import Preferences, parse_preferences
from rtwidget.local.rest.request_address import (
    PREFIX,
    WRITE_METHODS,
    has_profile,
    path_parts,
    schema_of,
)
from rtwidget.local.rest.request_transaction import RequestTransactions
from rtwidget.local.rest.rest_errors import RestError, not_implemented
from rtwidget.local.rest.rest_responses import (
    allow_any_origin,
    error_response,
    is_preflight,
    preflight_response,
    rest_response,
)
from rtwidget.local.rest.schema_cache.openapi import describe
from rtwidget.local.rest.schema_cache.relation import columns_of, find_relation

if TYPE_CHECKING:
    from rtwidget.local.faults.faults import Faults
    from rtwidget.local.postgres.database import Database
    from rtwidget.local.server_settings import Settings

OPENAPI = "application/openapi+json"
ROOT_REFUSAL = {
    "message": "Access to schema is forbidden",
    "hint": "Accessing the schema via the Data API is only allowed using a secret API key.",
}
# The status that tells clients to come back, and when.
_UNAVAILABLE = 503


class RestServer:
    """Answers requests. Belongs to the server's event loop.

    Args:
        secret: Key of the tokens' signatures.
        database: What is read and changed.
        settings: Caps, schemas and times, read at each request.
        faults: Which requests fail, stall or come short.
    """

    def __init__(self, secret: str, database: Database, settings: Settings, faults: Faults) -> None:
        self._secret = secret
        self._database = database
        self._transactions = RequestTransactions(database, settings)
        self._settings = settings
        self._faults = faults

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve everything below the prefix."""
        router.add_route("*", PREFIX + "{path:.*}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        if is_preflight(request):
            return preflight_response(request)
        try:
            # Before the key is looked at: what is to fail fails for everybody.
            failure = self._faults.rest.take_failure()
            if failure is not None:
                raise rest_errors.requested_error(
                    failure.status, failure.retry_after_s, failure.code
                )
            valid_from = self._faults.tokens_valid_from
            leeway_s = self._settings.token_leeway_s
            claims = claims_of(request, self._secret, leeway_s, valid_from)
            try:
                response = await self._dispatch(request, claims)
            except psycopg.Error as problem:
                raise rest_errors.from_database(problem, str(claims["role"])) from None
            # PostgREST has no such limit that a client meets; here the parsers call themselves.
            except RecursionError:
                raise not_implemented("conditions and values that are nested so deeply") from None
        except RestError as error:
            response = error_response(error, self._wait(error))
        return allow_any_origin(request, response)

    async def _dispatch(self, request: web.Request, claims: dict[str, Any]) -> web.Response:
        path = path_parts(request)
        # Read once for the request, because a test may change it meanwhile.
        exposed = self._settings.exposed_schemas
        schema = schema_of(request, exposed)
        if path == [""]:
            return await self._root(request, claims, schema)
        if path[0] == "rpc" and len(path) == 2:  # noqa: PLR2004
            raise not_implemented("functions (`/rpc/...`)")
        if len(path) > 1:
            raise RestError(404, "PGRST125", "Invalid path specified in request URL")
        # Read here and checked later: PostgREST refuses a wrong filter before a wrong preference.
        preferences = parse_preferences(request.headers.getall("Prefer", []))
        if request.method in ("GET", "HEAD"):
            response = await self._read(request, claims, schema, preferences)
        elif request.method == "PATCH":
            patch = await PatchRequest.of(request, path[0], preferences)
            async with self._transactions.open(request, claims, schema, preferences) as connection:
                response = await patch.run(connection, schema)
        elif request.method == "OPTIONS":
            return await self._options(request, claims, schema, path[0])
        elif request.method in WRITE_METHODS:
            raise not_implemented("POST, PUT and DELETE, only changes of rows that exist (PATCH)")
        else:
            raise RestError(405, "PGRST117", f"Unsupported HTTP method: {request.method}")
        is_negotiated = has_profile(request) or len(exposed) > 1
        if is_negotiated and "Content-Type" in response.headers:
            response.headers["Content-Profile"] = schema
        return response

    async def _read(
        self, request: web.Request, claims: dict[str, Any], schema: str, preferences: Preferences
    ) -> web.Response:
        get = GetRequest.of(request, path_parts(request)[0], preferences)
        # Two caps: the one the server knows of counts for estimates, the other is a fault.
        max_rows = self._settings.max_rows
        most_rows = self._faults.rest.capped(max_rows)
        async with self._transactions.open(request, claims, schema, preferences) as connection:
            response = await get.run(connection, schema, max_rows, most_rows)
        # After the transaction, so that the answer is old when it arrives.
        await self._faults.rest.stalled.until_unblocked()
        return response

    async def _options(
        self, request: web.Request, claims: dict[str, Any], schema: str, table: str
    ) -> web.Response:
        async with self._transactions.open(
            request, claims, schema, Preferences({}, ())
        ) as connection:
            relation = await find_relation(connection, schema, table)
            columns = await columns_of(connection, relation)
        allowed = relation.methods(has_key=any(column.is_key for column in columns))
        return rest_response(200, None, {"Allow": allowed, "Access-Control-Allow-Origin": "*"})

    async def _root(
        self, request: web.Request, claims: dict[str, Any], schema: str
    ) -> web.Response:
        # Supabase's gateway, not PostgREST, closes the root to other keys.
        if claims["role"] != "service_role":
            return web.json_response(ROOT_REFUSAL, status=403)
        if request.method == "OPTIONS":
            return rest_response(200, None, {"Allow": "OPTIONS,GET,HEAD"})
        if request.method not in ("GET", "HEAD"):
            raise RestError(405, "PGRST117", f"Unsupported HTTP method: {request.method}")
        wanted = accepted_types(request.headers.get("Accept", "*/*"))
        if not {media_type_name(one) for one in wanted} & {OPENAPI, "application/json", "*/*"}:
            raise not_acceptable(wanted)
        # As the superuser, because the service role may see everything.
        async with self._database.connection() as connection:
            text = json.dumps(await describe(connection, schema))
        return rest_response(200, text, {}, OPENAPI)

    def _wait(self, error: RestError) -> dict[str, str]:
        wait_s = error.retry_after_s
        if wait_s is None and error.is_from_database and error.status == _UNAVAILABLE:
            longest_s = self._settings.max_retry_after_s
            wait_s = rest_errors.retry_after_s(self._database.away_s, longest_s)
        return {} if wait_s is None else {"Retry-After": str(math.ceil(wait_s))}
