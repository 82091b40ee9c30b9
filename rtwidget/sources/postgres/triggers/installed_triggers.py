"""What announces a table in the database as it is now: the triggers and their functions, wherever they stand."""

from __future__ import annotations

from rtwidget.sources.postgres.catalog.catalog import Place
from rtwidget.sources.postgres.listen.channel import function_of
from rtwidget.sources.postgres.triggers.owner_session import Connection
from rtwidget.sources.postgres.triggers.trigger_function import mark_of
from rtwidget.sources.postgres.triggers.trigger_statements import Caller

# Level by level, so that whoever prints the SQL names a whole before its parts; temporary tables are one session's own.
_BELOW = """
with recursive member(oid, level) as (
  select $1::pg_catalog.oid, 0 union
  select i.inhrelid, member.level + 1 from member join pg_catalog.pg_inherits i on i.inhparent = member.oid)
select n.nspname, c.relname from (select oid, max(level) as level from member group by oid) m
join pg_catalog.pg_class c on c.oid = m.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where m.level > 0 and c.relpersistence <> 't' order by m.level, n.nspname, c.relname
"""
# By the mark too, because a renamed table or a moved function keeps announcing the old name.
_FUNCTIONS = """
select n.nspname, p.proname, p.oid from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where p.pronargs = 0 and p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype
  and ((n.nspname = $1 and p.proname = $2) or pg_catalog.starts_with(p.prosrc, $3)) order by n.nspname, p.proname
"""
_CALLERS = """
select g.tgname, tn.nspname, c.relname, pn.nspname, p.proname from pg_catalog.pg_trigger g
join pg_catalog.pg_proc p on p.oid = g.tgfoid join pg_catalog.pg_namespace pn on pn.oid = p.pronamespace
join pg_catalog.pg_class c on c.oid = g.tgrelid join pg_catalog.pg_namespace tn on tn.oid = c.relnamespace
where not g.tgisinternal and p.oid = any ($1::pg_catalog.oid[]) order by tn.nspname, c.relname, g.tgname
"""


def below_table(connection: Connection, oid: int) -> list[Place]:
    """Return schema and name of all partitions of a table and all tables that inherit from it (the session's thread).

    Args:
        connection: To the database.
        oid: The table's own, as the catalog has it.
    """
    return connection.execute(_BELOW, (oid,)).fetchall()


def installed(connection: Connection, schema: str, table: str) -> tuple[list[Caller], list[Place]]:
    """Return the triggers and the functions that announce a table, wherever they are (the session's thread).

    Args:
        connection: To the database.
        schema: The table's schema.
        table: The table's name.
    """
    names = (schema, function_of(schema, table), mark_of(schema, table))
    functions = connection.execute(_FUNCTIONS, names).fetchall()
    callers = connection.execute(_CALLERS, ([oid for *_, oid in functions],)).fetchall()
    return (
        [Caller(name, (place, on), (home, called)) for name, place, on, home, called in callers],
        [(home, name) for home, name, _ in functions],
    )
