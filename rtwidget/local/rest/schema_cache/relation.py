"""What PostgREST's schema cache knows of a table or view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rtwidget.local.rest.rest_errors import RestError
from rtwidget.local.rest.schema_cache.name_suggestion import nearest

if TYPE_CHECKING:
    from rtwidget.local.postgres.database import Connection

# Partitions, sequences and indexes are not in it. The bits are those of `pg_relation_is_updatable`,
# by which PostgREST tells what can be written.
_RELATION = """
select c.oid::int8, pg_relation_is_updatable(c.oid, true)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %s and c.relname = %s and c.relkind in ('r', 'v', 'm', 'f', 'p')
  and not c.relispartition
"""
_NAMES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %s and c.relkind in ('r', 'v', 'm', 'f', 'p') and not c.relispartition order by c.relname
"""
_COLUMNS = """
select a.attname, format_type(a.atttypid, a.atttypmod), coalesce(a.attnum = any(i.indkey), false)
from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
where a.attrelid = %s and a.attnum > 0 and not a.attisdropped order by a.attnum
"""
_UPDATES, _INSERTS, _DELETES = 1 << 2, 1 << 3, 1 << 4


@dataclass(frozen=True, slots=True)
class Relation:
    """One table or view. `writes` are the bits of `pg_relation_is_updatable`."""

    schema: str
    name: str
    oid: int
    writes: int

    def methods(self, *, has_key: bool) -> str:
        """Write the header `Allow`."""
        names = ["OPTIONS,GET,HEAD"]
        names += ["POST"] if self.writes & _INSERTS else []
        names += ["PUT"] if self.writes & _INSERTS and self.writes & _UPDATES and has_key else []
        names += ["PATCH"] if self.writes & _UPDATES else []
        names += ["DELETE"] if self.writes & _DELETES else []
        return ",".join(names)


@dataclass(frozen=True, slots=True)
class RelationColumn:
    """One column; `type_text` is its type as SQL under the search path of the transaction."""

    name: str
    type_text: str
    is_key: bool


async def find_relation(connection: Connection, schema: str, name: str) -> Relation:
    """Look a table or view up.

    Args:
        connection: Acting as anybody; the catalog is open to all.
        schema: An exposed schema.
        name: The relation's name, not quoted.

    Raises:
        RestError: PGRST205.
        psycopg.Error: The catalog could not be read.
    """
    row = await (await connection.execute(_RELATION, (schema, name))).fetchone()
    if row is None:
        message = f"Could not find the table '{schema}.{name}' in the schema cache"
        # Asked only now, because it costs as much as there are tables.
        names = await (await connection.execute(_NAMES, (schema,))).fetchall()
        meant = nearest(name, [one for (one,) in names])
        hint = None if meant is None else f"Perhaps you meant the table '{schema}.{meant}'"
        raise RestError(404, "PGRST205", message, hint=hint)
    return Relation(schema, name, *row)


async def columns_of(connection: Connection, relation: Relation) -> list[RelationColumn]:
    """Return the columns in their order.

    Raises:
        psycopg.Error: The catalog could not be read.
    """
    rows = await (await connection.execute(_COLUMNS, (relation.oid,))).fetchall()
    return [RelationColumn(*row) for row in rows]
