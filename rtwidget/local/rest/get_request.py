"""A GET or HEAD of a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from rtwidget.local.rest.media import Media, negotiate
from rtwidget.local.rest.query.ranges import content_range, offset_beyond_end
from rtwidget.local.rest.query.rest_query import Query, parse_query, query_pairs
from rtwidget.local.rest.query.select_sql import counting_rows, select_page
from rtwidget.local.rest.rest_errors import RestError
from rtwidget.local.rest.rest_responses import content_location, rest_response
from rtwidget.local.rest.schema_cache.relation import find_relation

if TYPE_CHECKING:
    from aiohttp import web

    from rtwidget.local.postgres.database import Connection
    from rtwidget.local.rest.preferences import Preferences


@dataclass(frozen=True, slots=True)
class GetRequest:
    """What a request wants to read; nothing of it is done yet.

    Args:
        table: The table or view.
        query: What the URL says.
        media: How the rows are written.
        preferences: What the header `Prefer` says.
        has_body: Whether the rows are wanted, not only what is said about them.
        location: The header `Content-Location`.
    """

    table: str
    query: Query
    media: Media
    preferences: Preferences
    has_body: bool
    location: str

    @classmethod
    def of(cls, request: web.Request, table: str, preferences: Preferences) -> GetRequest:
        """Read a request.

        Raises:
            RestError: It asks for what there is not.
        """
        pairs = query_pairs(request.rel_url.raw_query_string)
        has_body = request.method == "GET"
        # Of a HEAD PostgREST ignores the header.
        query = parse_query(pairs, request.headers.get("Range") if has_body else None)
        media = negotiate(request.headers.get("Accept"))
        preferences.check()
        location = content_location(table, pairs)
        return cls(table, query, media, preferences, has_body, location)

    async def run(
        self, connection: Connection, schema: str, max_rows: int, most_rows: int
    ) -> web.Response:
        """Read the rows.

        Args:
            connection: Acting as the user, in a transaction.
            schema: The table's schema.
            max_rows: The cap that the server knows of.
            most_rows: How many rows there are at most in an answer.

        Raises:
            RestError: There is no such table, or not as many rows as have to be.
            psycopg.Error: The database refused.
        """
        # For its 404 with a suggestion; the statement itself would fail with 42P01.
        await find_relation(connection, schema, self.table)
        count = self.preferences.count
        media = self.media if self.has_body else None
        relation = sql.Identifier(schema, self.table)
        statement = select_page(relation, self.query, most_rows, media, count)
        row = await (await connection.execute(statement)).fetchone()
        total, rows, text = row or (None, 0, "")
        # Counted in the answer, so one row of a cut page is one row.
        if self.media.is_single and rows != 1:
            raise not_single(rows)
        # An estimate is exact up to the cap, and the planner's guess above it.
        if count == "planned" or (count == "estimated" and total > max_rows):
            planned = await _planned_rows(connection, relation, self.query)
            total = planned if total is None else max(total, planned)
        return self._answer(total, rows, text)

    def _answer(self, total: int | None, rows: int, text: str) -> web.Response:
        first = self.query.rows.first
        if total is not None and first > total:
            raise offset_beyond_end(first, total)
        return rest_response(
            # Without a count nobody knows whether it is a part.
            206 if total is not None and rows < total else 200,
            text if self.has_body else "",
            {
                "Content-Range": content_range(first, rows, total),
                "Content-Location": self.location,
                "Preference-Applied": self.preferences.applied(to_update=False),
            },
            self.media.mime,
        )


def not_single(rows: int) -> RestError:
    """Return the refusal to write other than one row as an object, PGRST116."""
    return RestError(
        406,
        "PGRST116",
        "Cannot coerce the result to a single JSON object",
        f"The result contains {rows} rows",
    )


async def _planned_rows(connection: Connection, relation: sql.Identifier, query: Query) -> int:
    """Return how many rows the planner expects."""
    statement = sql.SQL("explain (format json) {}").format(counting_rows(relation, query))
    row = await (await connection.execute(statement)).fetchone()
    plan = row[0] if row else []
    # Decoded or not, as psycopg's loaders are set up.
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])
