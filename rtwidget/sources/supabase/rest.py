"""Requests to the REST API: one pooled client, typed errors, cells that keep every digit."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

import httpx

from rtwidget.errors import SourceError
from rtwidget.replica.keys import Row
from rtwidget.sources.quiet import unlogged
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.answers import total_of, without
from rtwidget.sources.supabase.authorization import Authorization
from rtwidget.sources.supabase.endpoint import Endpoint
from rtwidget.sources.supabase.errors import TOKEN_CODES, rest_error, unreachable
from rtwidget.sources.supabase.identity import Token
from rtwidget.sources.supabase.row_decoder import RowDecoder

CONNECT_S, READ_S, CATALOG_S = 10.0, 60.0, 20.0
"""Limits in seconds; servers stop a statement long before `READ_S`."""
_INLINE_BYTES = 200_000  # 1 to 4 ms of decoding; more would hold up the loop (design section 8)
_SUCCESS = range(200, 300)
_CLOSED = frozenset({401, 403, 404, 405, 406})  # how gateways and PostgREST close the API's root

Count = Literal["exact", "estimated"]


@dataclass(frozen=True, slots=True)
class Rows:
    """A decoded answer.

    Args:
        columns: The names, empty without a row.
        rows: The rows in the server's order.
        wire_bytes: The size on the wire in bytes.
        total: How many rows the query has, when it was asked.
        size_bytes: The size before compression in bytes.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    wire_bytes: int
    total: int | None
    size_bytes: int = 0


class RestClient:
    """Reads one table over one connection pool (loop thread only).

    Args:
        endpoint: The project's addresses.
        key: The project's key.
        schema: The table's schema.
        table: The table's name.
    """

    def __init__(self, endpoint: Endpoint, key: Secret, schema: str, table: str) -> None:
        self._endpoint = endpoint
        self._key = key
        self._schema = schema
        self._relation = ".".join(
            name if name.isidentifier() else f'"{name}"' for name in (schema, table)
        )
        self._path = quote(table, safe="")
        self._client: httpx.AsyncClient | None = None
        self._decoder = RowDecoder()

    async def rows(self, query: str, token: Token, count: Count | None = None) -> Rows:
        """Return the rows of a query.

        Args:
            query: The encoded query string.
            token: As whom to read.
            count: Whether the whole query is to be counted too.

        Raises:
            SourceError: When it is refused, or nothing answers.
        """
        response = await self._send("GET", f"{self._path}?{query}", token, count=count)
        body = response.content
        big = len(body) > _INLINE_BYTES
        decoded = await asyncio.to_thread(self._decoder.rows, body) if big else None
        columns, rows = decoded or self._decoder.rows(body)
        wire_bytes = response.num_bytes_downloaded
        return Rows(columns, rows, wire_bytes, total_of(response), len(body))

    async def count(self, query: str, token: Token, count: Count) -> int | None:
        """Return how many rows a query has, or None when the server did not say."""
        return total_of(await self._send("HEAD", f"{self._path}?{query}", token, count=count))

    async def change(self, query: str, body: bytes, token: Token) -> int | None:
        """Change the rows of a query, and return how many there were, if the server said.

        Args:
            query: The encoded query string.
            body: The new values by column, as JSON.
            token: As whom to write.

        Raises:
            SourceError: When it is refused, or nothing answers.
        """
        path = f"{self._path}?{query}"
        return total_of(await self._send("PATCH", path, token, count="exact", body=body))

    async def catalog(self, token: Token) -> bytes:
        """Return the API's own description, empty where it is closed (reference 7).

        Raises:
            SourceError: When nothing answers, the server failed, or the token itself was refused.
        """
        response = await self._answer("GET", "", token, timeout_s=CATALOG_S)
        error = self._refusal_in(response, token)
        if error is None:
            return response.content
        if response.status_code in _CLOSED and error.code not in TOKEN_CODES:
            return b""
        raise error

    async def aclose(self) -> None:
        """Close every connection."""
        if self._client is not None:
            await self._client.aclose()

    async def _send(
        self,
        method: str,
        path: str,
        token: Token,
        *,
        count: Count | None = None,
        body: bytes | None = None,
    ) -> httpx.Response:
        response = await self._answer(method, path, token, count=count, body=body)
        error = self._refusal_in(response, token)
        if error is not None:
            raise error
        return response

    def _refusal_in(self, response: httpx.Response, token: Token) -> SourceError | None:
        if response.status_code in _SUCCESS:
            return None
        return rest_error(
            response.status_code,
            without(response.content, self._key, token.secret),
            response.headers.get("retry-after"),
            self._relation,
        )

    async def _answer(
        self,
        method: str,
        path: str,
        token: Token,
        *,
        count: Count | None = None,
        body: bytes | None = None,
        timeout_s: float = READ_S,
    ) -> httpx.Response:
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=not self._endpoint.is_local)
        headers = {"accept-profile": self._schema}
        if count is not None:
            headers["prefer"] = f"count={count}"
        if body is not None:
            headers |= {"content-profile": self._schema, "content-type": "application/json"}
        response = await self._attempt(
            self._client.build_request(
                method,
                self._endpoint.rest + path,
                headers=headers,
                content=body,
                timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s)),
            ),
            self._client,
            Authorization(self._key, token.secret),
        )
        # Raised here, outside of any handler, so that no frame or context holds the secrets.
        if isinstance(response, SourceError):
            raise response
        return response

    async def _attempt(
        self, request: httpx.Request, client: httpx.AsyncClient, auth: httpx.Auth
    ) -> httpx.Response | SourceError:
        try:
            with unlogged("httpx"):
                return await client.send(request, auth=auth)
        except httpx.TimeoutException:
            return unreachable(self._endpoint.host, "it took too long")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            return unreachable(self._endpoint.host, type(error).__name__)
        except RuntimeError:
            if not client.is_closed:
                raise
            # A read that was on its way when the source was closed; httpx has no type of its own.
            return unreachable(self._endpoint.host, "the connection was closed here")
