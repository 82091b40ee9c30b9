"""Which tables the publication `supabase_realtime` tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rtwidget.local.postgres.supabase_setup import PUBLICATION

if TYPE_CHECKING:
    from rtwidget.local.postgres.database import Connection

# Names are LIKE patterns without escapes, as on the real server: `a_b` also finds `axb`.
_PUBLISHED = """
select c.oid::int8 from pg_publication_tables p
  join pg_namespace n on n.nspname = p.schemaname
  join pg_class c on c.relnamespace = n.oid and c.relname = p.tablename
where p.pubname = %(publication)s
  and (%(schema)s = '*' or p.schemaname like %(schema)s)
  and (%(table)s = '*' or p.tablename like %(table)s)
order by c.oid
"""


async def published_oids(connection: Connection) -> frozenset[int]:
    """Return the oids of all tables that are published now.

    Raises:
        psycopg.Error: The catalog could not be read.
    """
    return frozenset(await matching_oids(connection, "*", "*"))


async def matching_oids(connection: Connection, schema: str, table: str) -> list[int]:
    """Return the oids of the published tables that a binding names.

    Args:
        connection: In no transaction.
        schema: Its name, or `*` for every schema.
        table: Its name, or `*` for every table.

    Raises:
        psycopg.Error: The catalog could not be read.
    """
    parameters = {"publication": PUBLICATION, "schema": schema, "table": table}
    rows = await (await connection.execute(_PUBLISHED, parameters)).fetchall()
    return [row[0] for row in rows]
