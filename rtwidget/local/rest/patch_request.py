"""A PATCH of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rtwidget.local.rest.get_request import not_single
from rtwidget.local.rest.media import Media, negotiate
from rtwidget.local.rest.query.ranges import content_range
from rtwidget.local.rest.query.rest_query import Query, parse_query, query_pairs
from rtwidget.local.rest.query.update_sql import Payload, read_payload, update
from rtwidget.local.rest.rest_errors import RestError
from rtwidget.local.rest.rest_responses import rest_response
from rtwidget.local.rest.schema_cache.relation import columns_of, find_relation

if TYPE_CHECKING:
    from aiohttp import web

    from rtwidget.local.postgres.database import Connection
    from rtwidget.local.rest.preferences import Preferences


@dataclass(frozen=True, slots=True)
class PatchRequest:
    """What a request wants to change; nothing of it is done yet.

    Args:
        table: The table or view.
        query: What the URL says.
        payload: The new values.
        media: How the changed rows are written, if they are wanted.
        preferences: What the header `Prefer` says.
    """

    table: str
    query: Query
    payload: Payload
    media: Media
    preferences: Preferences

    @classmethod
    async def of(cls, request: web.Request, table: str, preferences: Preferences) -> PatchRequest:
        """Read a request.

        Raises:
            RestError: It asks for what there is not.
        """
        query = parse_query(query_pairs(request.rel_url.raw_query_string))
        payload = read_payload(
            await request.read(),
            request.headers.get("Content-Type"),
            query,
            fills_defaults=preferences.chosen.get("missing") == "default",
        )
        # After the body: PostgREST refuses what it cannot read first.
        preferences.check()
        return cls(table, query, payload, negotiate(request.headers.get("Accept")), preferences)

    async def run(self, connection: Connection, schema: str) -> web.Response:
        """Change the rows.

        Args:
            connection: Acting as the user, in a transaction; an error undoes everything.
            schema: The table's schema.

        Raises:
            RestError: There is no such table or column, or there are other than the allowed rows.
            psycopg.Error: The database refused.
        """
        relation = await find_relation(connection, schema, self.table)
        # Their types are needed to read the values, and their names to refuse unknown ones.
        columns = await columns_of(connection, relation)
        wanted = self.preferences.chosen.get("return", "minimal")
        has_body = wanted == "representation"
        statement = update(
            relation,
            columns,
            self.query,
            self.payload,
            self.media if has_body else None,
            returns_rows=wanted != "minimal",
        )
        row = await (await connection.execute(statement)).fetchone()
        rows, text = row or (0, "")
        # After the statement and inside of the transaction, so that an error takes the change back.
        self._check(rows)
        # A change is never planned, so such a count is left out.
        is_counted = self.preferences.count in ("exact", "estimated")
        return rest_response(
            200 if has_body else 204,
            text if has_body else None,
            {
                "Content-Range": content_range(0, rows, rows if is_counted else None),
                "Preference-Applied": self.preferences.applied(to_update=True),
            },
            self.media.mime if has_body else None,
        )

    def _check(self, rows: int) -> None:
        if self.media.is_single and rows != 1:
            raise not_single(rows)
        most = self.preferences.max_affected
        if most is not None and rows > most:
            raise RestError(
                400,
                "PGRST124",
                "Query result exceeds max-affected preference constraint",
                f"The query affects {rows} rows",
            )
