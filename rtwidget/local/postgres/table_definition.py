"""What the system catalog says about a table now, and what each role may see of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rtwidget.local.postgres.database import Connection

# The real server casts every value to its type without modifier, and these types mean
# "of length one" then. Reproduced, because clients have to live with it.
_TRUNCATING_TYPES = {
    "bpchar": "character",
    "bit": "bit",
    "_bpchar": "character[]",
    "_bit": "bit[]",
}

_TABLE = """
select n.nspname, c.relname, c.relrowsecurity
from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = %(oid)s
"""
_COLUMNS = """
select a.attname, t.typname, quote_ident(tn.nspname) || '.' || quote_ident(t.typname),
  coalesce(a.attnum = any(i.indkey), false),
  array(select r.rolname from pg_roles r where r.rolname = any(%(roles)s)
    and has_column_privilege(r.oid, a.attrelid, a.attnum, 'select'))
from pg_attribute a
  join pg_type t on t.oid = a.atttypid join pg_namespace tn on tn.oid = t.typnamespace
  left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
where a.attrelid = %(oid)s and a.attnum > 0 and not a.attisdropped order by a.attnum
"""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column.

    Args:
        name: Its name.
        type_name: As `pg_type` has it, such as `int4`.
        cast: The type as SQL, quoted, for `'text'::cast`.
        is_key: Whether it is part of the primary key.
        readers: Those of the roles asked about that may select it.
    """

    name: str
    type_name: str
    cast: str
    is_key: bool
    readers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    oid: int
    schema: str
    name: str
    has_row_security: bool
    columns: tuple[TableColumn, ...]

    @property
    def key(self) -> tuple[TableColumn, ...]:
        """The columns of the primary key in table order."""
        return tuple(column for column in self.columns if column.is_key)


async def read_table(connection: Connection, oid: int, roles: Iterable[str]) -> Table | None:
    """Read a table as it is now; None if it is gone.

    Args:
        connection: In no transaction.
        oid: The table.
        roles: Whose grants are looked up.

    Raises:
        psycopg.Error: The catalog could not be read.
    """
    parameters: dict[str, Any] = {"oid": oid, "roles": list(roles)}
    row = await (await connection.execute(_TABLE, parameters)).fetchone()
    if row is None:
        return None
    # Two statements see two moments; a table that changes in between is read anew with its next change.
    columns = await (await connection.execute(_COLUMNS, parameters)).fetchall()
    return Table(
        oid=oid,
        schema=row[0],
        name=row[1],
        has_row_security=row[2],
        columns=tuple(
            TableColumn(name, type_name, _TRUNCATING_TYPES.get(type_name, cast), key, readers)
            for name, type_name, cast, key, readers in (
                (*column[:4], frozenset(column[4])) for column in columns
            )
        ),
    )
