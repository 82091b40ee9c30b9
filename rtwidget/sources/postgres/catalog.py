"""A table as the system catalog describes it, in one statement that any role may run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from rtwidget.errors import SourceError
from rtwidget.sources.postgres.comparison import COMPARISON, SAME_EQUALITY, Comparison

_TYPE = """
    cross join lateral (
      with recursive base(oid, inner_oid) as (
        select d.oid, d.typbasetype from pg_catalog.pg_type d where d.oid = a.atttypid
        union all
        select base.inner_oid, (select d.typbasetype from pg_catalog.pg_type d where d.oid = base.inner_oid)
        from base where base.inner_oid <> 0)
      select base.oid from base where base.inner_oid = 0) as plain
    join pg_catalog.pg_type t on t.oid = plain.oid"""
# The type `t` of the attribute `a`; of a domain, what it stands on.

CATALOG = f"""
select pg_catalog.json_build_object(
  'oid', c.oid::pg_catalog.int8, 'kind', c.relkind, 'role', current_user,
  'owner', pg_catalog.pg_get_userbyid(c.relowner),
  'columns', (
    select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', a.attname, 'type', t.typname, 'schema', tn.nspname, 'comparison', {COMPARISON},
      'patterns', exists (select from pg_catalog.pg_operator o
        where o.oprname = '~~' and o.oprleft = t.oid and o.oprnamespace = t.typnamespace),
      'shown_by_cast', exists (select from pg_catalog.pg_cast c
        where c.castsource = t.oid and c.casttarget = 'pg_catalog.json'::pg_catalog.regtype
          and t.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace)) order by a.attnum), '[]')
    from pg_catalog.pg_attribute a {_TYPE}
    join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  'keys', (
    select coalesce(pg_catalog.json_agg(candidate.names order by
      candidate.is_primary desc, pg_catalog.json_array_length(candidate.names), candidate.oid), '[]')
    from (
      select i.indexrelid as oid, i.indisprimary as is_primary,
        pg_catalog.json_agg(a.attname order by k.place) as names,
        pg_catalog.bool_and(a.attnotnull and (ia.amname <> 'btree' or {SAME_EQUALITY})) as is_full
      from pg_catalog.pg_index i
      join pg_catalog.pg_class ic on ic.oid = i.indexrelid
      join pg_catalog.pg_am ia on ia.oid = ic.relam
      cross join lateral pg_catalog.unnest(i.indkey::pg_catalog.int2[]) with ordinality k(number, place)
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.number {_TYPE}
      where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null
        and i.indexprs is null and k.place <= i.indnkeyatts
      group by 1, 2) as candidate
    where candidate.is_full),
  'triggers', (
    select coalesce(pg_catalog.json_agg(g.tgname order by g.tgname), '[]')
    from pg_catalog.pg_trigger g join pg_catalog.pg_proc p on p.oid = g.tgfoid
    where g.tgrelid = c.oid and g.tgenabled in ('O', 'A')
      and p.pronamespace = c.relnamespace and p.proname = $3)
)::pg_catalog.text
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')
"""  # noqa: S608  (made of constants)
"""Takes schema, table and the name of the trigger function; returns one JSON text, or no row."""

KINDS: Mapping[str, str] = {
    "r": "table",
    "p": "partitioned table",
    "v": "view",
    "m": "materialized view",
    "f": "foreign table",
}
ANNOUNCING_KINDS = frozenset("rp")
"""Which may have triggers that see all rows of a statement."""


class TableColumn(msgspec.Struct, frozen=True):
    """A column.

    Args:
        name: Its name.
        type: The internal name of its type; of what a domain stands on.
        schema: The type's schema.
        comparison: How its values are compared and ordered; None for a type without an order.
        patterns: Whether the type has an operator of its own for `like`.
        shown_by_cast: Whether JSON shows its values by a cast, so that the type does not read what is shown.
    """

    name: str
    type: str
    schema: str
    comparison: Comparison | None = None
    patterns: bool = False
    shown_by_cast: bool = False


class Table(msgspec.Struct, frozen=True, dict=True):
    """A table, or what is read like one.

    Args:
        oid: Another one under the same name has another number.
        kind: A letter of `KINDS`.
        role: As whom the catalog was asked.
        owner: Who may put triggers on it.
        columns: Its columns in their order.
        keys: The columns of each full unique index, the primary key first, else the shortest.
        triggers: The enabled triggers that announce its changes.
    """

    oid: int
    kind: str
    role: str
    owner: str
    columns: tuple[TableColumn, ...]
    keys: tuple[tuple[str, ...], ...]
    triggers: tuple[str, ...]

    @cached_property
    def named(self) -> Mapping[str, TableColumn]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def shape(self) -> tuple[object, ...]:
        """What statements and notifications rely on."""
        return self.oid, self.columns, self.keys


def read_table(answer: bytes | None) -> Table | None:
    """Return what `CATALOG` answered, or None when there is no such table (any thread).

    Raises:
        SourceError: When it is no answer of a PostgreSQL server.
    """
    if answer is None:
        return None
    try:
        return msgspec.json.decode(answer, type=Table)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise SourceError(
            "The server's catalog is not PostgreSQL's.", "Check the address in `source=`."
        ) from None
