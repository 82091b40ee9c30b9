"""Reads over the REST API: typed errors, and cells that keep every digit."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from rtwidget.abc import TableQuery
from rtwidget.errors import AuthenticationError, ErrorKind, SourceError
from rtwidget.replica.keys import Row
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.endpoint import Endpoint
from rtwidget.sources.supabase.errors import rest_error
from rtwidget.sources.supabase.gateway.gateway_statuses import no_rows_error
from rtwidget.sources.supabase.http.transport import Reply, Transport
from rtwidget.sources.supabase.rest.answer_envelope import total_of, without
from rtwidget.sources.supabase.rest.rest_refusals import TOKEN_CODES
from rtwidget.sources.supabase.rest.row_decoder import RowDecoder
from rtwidget.sources.supabase.tokens.refusal_patience import has_ended

READ_S, CATALOG_S = 60.0, 20.0
"""Limits in seconds; servers stop a statement long before `READ_S`."""
_INLINE_BYTES = 200_000  # 1 to 4 ms of decoding; more would hold up the loop (design section 8)
_SPACES = b" \t\r\n"
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
        wanted: The table, and what hints may speak of.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        key: Secret,
        wanted: TableQuery,
    ) -> None:
        self._transport = Transport(endpoint, key)
        self._key = key
        self._wanted = wanted
        self._path = quote(wanted.table, safe="")
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
        response = await self._send("GET", query, token, count=count)
        body = response.body
        # Login pages and gateways answer 200 too.
        if not body.lstrip(_SPACES).startswith(b"["):
            raise no_rows_error(without(body, self._key, token.secret))
        big = len(body) > _INLINE_BYTES
        decoded = await asyncio.to_thread(self._decoder.rows, body) if big else None
        columns, rows = decoded or self._decoder.rows(body)
        total = total_of(response.headers)
        return Rows(columns, rows, response.wire_bytes, total, len(body))

    async def count(self, query: str, token: Token, count: Count) -> int | None:
        """Return how many rows a query has, or None when the server did not say."""
        reply = await self._send("HEAD", query, token, count=count)
        return total_of(reply.headers)

    async def change(self, query: str, body: bytes, token: Token) -> int | None:
        """Change the rows of a query, and return how many there were, if the server said.

        Args:
            query: The encoded query string.
            body: The new values by column, as JSON.
            token: As whom to write.

        Raises:
            SourceError: When it is refused, or nothing answers.
        """
        reply = await self._send("PATCH", query, token, count="exact", body=body)
        return total_of(reply.headers)

    async def catalog(self, token: Token) -> bytes:
        """Return the API's own description, empty where it is closed (reference 7).

        Raises:
            SourceError: When nothing answers, the server failed, or the token itself was refused.
        """
        response = await self._answer("GET", "", token, timeout_s=CATALOG_S)
        error = self._refusal_in(response, token)
        if error is None:
            return response.body
        # Many projects close the description, and their tables can be read all the same.
        if response.status in _CLOSED and error.code not in TOKEN_CODES:
            return b""
        raise error

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def _send(
        self,
        method: str,
        query: str,
        token: Token,
        *,
        count: Count | None = None,
        body: bytes | None = None,
    ) -> Reply:
        path = f"{self._path}?{query}"
        response = await self._answer(method, path, token, count=count, body=body, timeout_s=READ_S)
        error = self._refusal_in(response, token, query)
        if error is not None:
            raise error
        return response

    def _refusal_in(self, response: Reply, token: Token, query: str = "") -> SourceError | None:
        if response.status in _SUCCESS:
            return None
        body = without(response.body, self._key, token.secret)
        error = rest_error(response.status, response.headers, body, self._wanted, query)
        if isinstance(error, AuthenticationError) and not has_ended(token, response.headers):
            # Gateways make tokens of keys, and clocks of servers differ: it may be taken the next time.
            error.kind = ErrorKind.TRANSIENT
        return error

    async def _answer(
        self,
        method: str,
        path: str,
        token: Token,
        *,
        count: Count | None = None,
        body: bytes | None = None,
        timeout_s: float,
    ) -> Reply:
        # PostgREST's way to choose a schema; without it the first exposed one would be read.
        headers = {"accept-profile": self._wanted.schema}
        if count is not None:
            headers["prefer"] = f"count={count}"
        if body is not None:
            headers |= {"content-profile": self._wanted.schema, "content-type": "application/json"}
        return await self._transport.send(
            method, path, token.secret, headers=headers, body=body, timeout_s=timeout_s
        )
