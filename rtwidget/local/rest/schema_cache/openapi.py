"""The OpenAPI root of PostgREST, as far as a client reads it: types and primary keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rtwidget.local.postgres.database import Connection

_KEY_NOTE = "Note:\nThis is a Primary Key.<pk/>"
_JSON_TYPES = {
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "numeric": "number",
    "real": "number",
    "double precision": "number",
    "boolean": "boolean",
}
_COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, null), a.attnotnull,
  coalesce(a.attnum = any(i.indkey), false)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_index i on i.indrelid = c.oid and i.indisprimary
where n.nspname = %s and c.relkind in ('r', 'v', 'm', 'p', 'f') and not c.relispartition
order by c.relname, a.attnum
"""


async def describe(connection: Connection, schema: str) -> dict[str, Any]:
    """Return the document for one schema.

    Raises:
        psycopg.Error: The catalog could not be read.
    """
    definitions: dict[str, Any] = {}
    cursor = await connection.execute(_COLUMNS, (schema,))
    for table, column, sql_type, required, is_key in await cursor.fetchall():
        definition = definitions.setdefault(
            table, {"type": "object", "required": [], "properties": {}}
        )
        member: dict[str, Any] = {"format": sql_type}
        if sql_type.endswith("[]"):
            member["type"] = "array"
        elif sql_type not in ("json", "jsonb"):
            member["type"] = _JSON_TYPES.get(sql_type, "string")
        # Clients find keys by this note; there is no member for it.
        if is_key:
            member["description"] = _KEY_NOTE
        if required:
            definition["required"].append(column)
        definition["properties"][column] = member
    return {
        "swagger": "2.0",
        "info": {"title": "PostgREST API", "version": "local"},
        "basePath": "/",
        "paths": {f"/{table}": {"get": {"tags": [table]}} for table in definitions},
        "definitions": definitions,
    }
