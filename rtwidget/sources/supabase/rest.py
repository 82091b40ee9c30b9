"""Reads over the REST API: typed errors, and cells that keep every digit."""

from __future__ import annotations

import asyncio
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from rtwidget.errors import SourceError
from rtwidget.replica.keys import Row
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.answers import total_of, without
from rtwidget.sources.supabase.endpoint import Endpoint
from rtwidget.sources.supabase.errors import rest_error
from rtwidget.sources.supabase.identity import Token
from rtwidget.sources.supabase.quoting import sql_name
from rtwidget.sources.supabase.refusal_codes import TOKEN_CODES
from rtwidget.sources.supabase.row_decoder import RowDecoder
from rtwidget.sources.supabase.transport import Reply, Transport

READ_S, CATALOG_S = 60.0, 20.0
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
        given: The names of the arguments that the user gave, which hints may speak of.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        key: Secret,
        schema: str,
        table: str,
        given: AbstractSet[str] = frozenset(),
    ) -> None:
        self._transport = Transport(endpoint, key)
        self._key = key
        self._schema = schema
        self._relation = f"{sql_name(schema)}.{sql_name(table)}"
        self._path = quote(table, safe="")
        self._given = given
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
        body = response.body
        big = len(body) > _INLINE_BYTES
        decoded = await asyncio.to_thread(self._decoder.rows, body) if big else None
        columns, rows = decoded or self._decoder.rows(body)
        total = total_of(response.headers)
        return Rows(columns, rows, response.wire_bytes, total, len(body))

    async def count(self, query: str, token: Token, count: Count) -> int | None:
        """Return how many rows a query has, or None when the server did not say."""
        reply = await self._send("HEAD", f"{self._path}?{query}", token, count=count)
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
        path = f"{self._path}?{query}"
        reply = await self._send("PATCH", path, token, count="exact", body=body)
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
        if response.status in _CLOSED and error.code not in TOKEN_CODES:
            return b""
        raise error

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def _send(
        self,
        method: str,
        path: str,
        token: Token,
        *,
        count: Count | None = None,
        body: bytes | None = None,
    ) -> Reply:
        response = await self._answer(method, path, token, count=count, body=body, timeout_s=READ_S)
        error = self._refusal_in(response, token)
        if error is not None:
            raise error
        return response

    def _refusal_in(self, response: Reply, token: Token) -> SourceError | None:
        if response.status in _SUCCESS:
            return None
        return rest_error(
            response.status,
            without(response.body, self._key, token.secret),
            response.headers.get("retry-after"),
            self._relation,
            self._given,
        )

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
        headers = {"accept-profile": self._schema}
        if count is not None:
            headers["prefer"] = f"count={count}"
        if body is not None:
            headers |= {"content-profile": self._schema, "content-type": "application/json"}
        return await self._transport.send(
            method, path, token.secret, headers=headers, body=body, timeout_s=timeout_s
        )
