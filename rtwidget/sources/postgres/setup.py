"""`enable`, `disable` and `status`: whether a table of PostgreSQL announces its changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from rtwidget.errors import ArgumentError, KeyNotUniqueError
from rtwidget.sources.postgres.address import Address, checked_address
from rtwidget.sources.postgres.catalog import ANNOUNCING_KINDS, KINDS, Table
from rtwidget.sources.postgres.channel import TRIGGERS, channel_of, function_of
from rtwidget.sources.postgres.owner_session import Connection, find_table, run, within
from rtwidget.sources.postgres.triggers import disabling, enabling
from rtwidget.sources.secret import veiled

_PARTITIONS = """
select n.nspname, c.relname from pg_catalog.pg_partition_tree($1::pg_catalog.oid::pg_catalog.regclass) t
join pg_catalog.pg_class c on c.oid = t.relid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where t.level > 0 and c.relkind in ('r', 'p') order by t.level, n.nspname, c.relname
"""
_CALLERS = """
select g.tgname, tn.nspname, c.relname from pg_catalog.pg_trigger g
join pg_catalog.pg_proc p on p.oid = g.tgfoid join pg_catalog.pg_namespace pn on pn.oid = p.pronamespace
join pg_catalog.pg_class c on c.oid = g.tgrelid join pg_catalog.pg_namespace tn on tn.oid = c.relnamespace
where not g.tgisinternal and pn.nspname = $1 and p.proname = $2 and p.pronargs = 0
order by tn.nspname, c.relname, g.tgname
"""


@dataclass(frozen=True, slots=True)
class Announcing:
    """Whether a table announces its changes.

    Args:
        table: Schema and name.
        channel: On which channel.
        enabled: Whether every change of the table is announced.
        missing: The triggers that are not there, or are disabled.
        silent_partitions: Partitions without triggers: what is written to them by their own name is not announced.
    """

    table: str
    channel: str
    enabled: bool
    missing: tuple[str, ...]
    silent_partitions: tuple[str, ...]

    def __str__(self) -> str:
        if not self.enabled:
            return (
                f"{self.table} does not announce its changes; missing: {', '.join(self.missing)}."
            )
        said = f"{self.table} announces its changes on the channel {self.channel}."
        if self.silent_partitions:
            said += f" Writes to {', '.join(self.silent_partitions)} by name are not announced; enable it again."
        return said


def enable(
    table: str,
    dsn: object = "",
    *,
    schema: str = "public",
    primary_key: Sequence[str] | None = None,
    dry_run: bool = False,
    insecure: bool = False,
) -> str:
    """Make a table announce its changes, and return the SQL that did it; twice is once (any thread).

    Args:
        table: The table's name.
        dsn: Connection string of the table's owner; what it leaves out comes from `PGHOST` and its like.
        schema: The table's schema.
        primary_key: The columns whose values are told, where the table has no primary key.
        dry_run: Whether to run nothing.
        insecure: Whether the connection may be without TLS, or without a proof whose it is, to another machine.

    Raises:
        RtwidgetError: When the table, the login or the right to do it is missing.
    """
    dsn = veiled(dsn)

    def work(connection: Connection) -> str:
        found = find_table(connection, schema, table)
        key = _announced_key(table, found, primary_key)
        partitions = connection.execute(_PARTITIONS, (found.oid,)).fetchall()
        relations = [(schema, table), *((place, name) for place, name in partitions)]
        return _done(connection, enabling(schema, table, key, relations), dry_run=dry_run)

    return within(checked_address(dsn, insecure=insecure), schema, table, work)


def disable(
    table: str,
    dsn: object = "",
    *,
    schema: str = "public",
    dry_run: bool = False,
    insecure: bool = False,
) -> str:
    """Take away what `enable` made, and return the SQL that did it; twice is once (any thread).

    Args:
        table: The table's name.
        dsn: Connection string of the table's owner.
        schema: The table's schema.
        dry_run: Whether to run nothing.
        insecure: Whether the connection may be without TLS, or without a proof whose it is, to another machine.

    Raises:
        RtwidgetError: When the login or the right to do it is missing.
    """
    dsn = veiled(dsn)

    def work(connection: Connection) -> str:
        callers = connection.execute(_CALLERS, (schema, function_of(schema, table))).fetchall()
        triggers = [(name, place, on) for name, place, on in callers]
        return _done(connection, disabling(schema, table, triggers), dry_run=dry_run)

    return within(checked_address(dsn, insecure=insecure), schema, table, work)


def status(
    table: str, dsn: object = "", *, schema: str = "public", insecure: bool = False
) -> Announcing:
    """Return whether a table announces its changes (any thread).

    Args:
        table: The table's name.
        dsn: Connection string of any role.
        schema: The table's schema.
        insecure: Whether the connection may be without TLS, or without a proof whose it is, to another machine.

    Raises:
        RtwidgetError: When the table or the login is missing.
    """
    dsn = veiled(dsn)
    return announcing_of(checked_address(dsn, insecure=insecure), schema, table)


def announcing_of(address: Address, schema: str, table: str) -> Announcing:
    """Return whether a table announces its changes, asked as any role (any thread); raises the same."""

    def work(connection: Connection) -> Announcing:
        found = find_table(connection, schema, table)
        callers = connection.execute(_CALLERS, (schema, function_of(schema, table))).fetchall()
        heard = {(place, on) for _, place, on in callers}
        partitions = connection.execute(_PARTITIONS, (found.oid,)).fetchall()
        missing = tuple(name for name in TRIGGERS if name not in found.triggers)
        return Announcing(
            f"{schema}.{table}",
            channel_of(schema, table),
            not missing,
            missing,
            tuple(f"{place}.{name}" for place, name in partitions if (place, name) not in heard),
        )

    return within(address, schema, table, work)


def _announced_key(table: str, found: Table, primary_key: Sequence[str] | None) -> tuple[str, ...]:
    if found.kind not in ANNOUNCING_KINDS:
        raise ArgumentError(
            f"{table} is a {KINDS[found.kind]}, which can announce nothing.",
            "`live_table` polls it; give it `primary_key=`.",
        )
    key = tuple(primary_key or (found.keys[0] if found.keys else ()))
    absent = [name for name in key if name not in found.named]
    if not key or absent:
        raise KeyNotUniqueError(
            f"{table} has no column {absent[0]!r}." if absent else f"{table} has no primary key.",
            "Name the columns that are unique and not null by `--key` or `primary_key=`.",
        )
    return key


def _done(connection: Connection, statements: Sequence[sql.Composed], *, dry_run: bool) -> str:
    if not dry_run:
        run(connection, statements)
    return "".join(f"{statement.as_string()};\n" for statement in statements)
