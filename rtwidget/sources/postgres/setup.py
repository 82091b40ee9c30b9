"""`enable`, `disable` and `status`: whether a table of PostgreSQL announces its changes."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from rtwidget.errors import ArgumentError, KeyNotUniqueError
from rtwidget.sources.postgres.catalog.catalog import ANNOUNCING_KINDS, KINDS, Table
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.factory import address_of
from rtwidget.sources.postgres.listen.channel import full_name
from rtwidget.sources.postgres.triggers.cautions import cautions
from rtwidget.sources.postgres.triggers.installed_triggers import below_table, installed
from rtwidget.sources.postgres.triggers.owner_session import (
    Connection,
    find_table,
    run,
    wait_for_others,
    within,
)
from rtwidget.sources.postgres.triggers.trigger_check import Announcing, announcing, beneath
from rtwidget.sources.postgres.triggers.trigger_statements import disabling, enabling
from rtwidget.sources.secret import veiled


def enable(
    table: str,
    dsn: object = "",
    *,
    schema: str = "public",
    primary_key: Sequence[str] | None = None,
    dry_run: bool = False,
    insecure: bool = False,
) -> str:
    """Make a table announce its changes, and return the SQL that did it, after what to know of it; twice is once (any thread).

    All that is below the table gets triggers too: its partitions, and the tables that inherit from it. What comes later
    needs `enable` again; until then the table is polled. The triggers never make a write fail. The server's NOTIFY queue
    can: it holds 8 GB unless `max_notify_queue_pages` says otherwise, and a session that listens and stays in an open
    transaction keeps it from being emptied. Once it is full, every write to an announced table fails at its commit until
    that session ends; `rtwidget doctor` shows how full it is. A prepared transaction (two-phase commit) cannot notify at all.

    Args:
        table: The table's name.
        dsn: Connection string of the table's owner, or a `Postgres`; what it leaves out comes from `PGHOST` and its like.
        schema: The table's schema.
        primary_key: The columns whose values are told, where the table has no primary key.
        dry_run: Whether to run nothing.
        insecure: Whether the connection may be without TLS, or without a proof whose it is, to another machine.

    Raises:
        RtwidgetError: When the table, the login or the right to do it is missing.
    """
    dsn = veiled(dsn)

    def work(connection: Connection) -> str:
        if not dry_run:
            wait_for_others(connection)
        found = find_table(connection, schema, table)
        key = _announced_key(table, found, primary_key)
        below = below_table(connection, found.oid)
        callers, _ = installed(connection, schema, table)
        statements = enabling(
            schema, table, key, [(schema, table), *below], given=bool(primary_key), callers=callers
        )
        (prepared,) = connection.execute("show max_prepared_transactions").fetchone() or ("0",)
        known = (" ".join(one.split()) for one in cautions(table, found, int(prepared)))
        said = "".join(f"-- {caution}\n" for caution in known)
        return said + _done(connection, statements, dry_run=dry_run)

    return within(address_of(dsn, argument="dsn", insecure=insecure), schema, table, work)


def disable(
    table: str,
    dsn: object = "",
    *,
    schema: str = "public",
    dry_run: bool = False,
    insecure: bool = False,
) -> str:
    """Take away what `enable` made for this table, of older versions too, and return the SQL that did it; twice is once (any thread).

    Args:
        table: The table's name.
        dsn: Connection string of the table's owner, or a `Postgres`.
        schema: The table's schema.
        dry_run: Whether to run nothing.
        insecure: Whether the connection may be without TLS, or without a proof whose it is, to another machine.

    Raises:
        RtwidgetError: When the login or the right to do it is missing.
    """
    dsn = veiled(dsn)

    def work(connection: Connection) -> str:
        if not dry_run:
            wait_for_others(connection)
        return _done(connection, disabling(*installed(connection, schema, table)), dry_run=dry_run)

    return within(address_of(dsn, argument="dsn", insecure=insecure), schema, table, work)


def status(
    table: str, dsn: object = "", *, schema: str = "public", insecure: bool = False
) -> Announcing:
    """Return whether a table announces its changes (any thread).

    Args:
        table: The table's name.
        dsn: Connection string of any role, or a `Postgres`.
        schema: The table's schema.
        insecure: Whether the connection may be without TLS, or without a proof whose it is, to another machine.

    Raises:
        RtwidgetError: When the table or the login is missing.
    """
    dsn = veiled(dsn)
    return announcing_of(address_of(dsn, argument="dsn", insecure=insecure), schema, table)


def announcing_of(address: Address, schema: str, table: str) -> Announcing:
    """Return whether a table announces its changes, asked as any role (any thread); raises the same."""

    def work(connection: Connection) -> Announcing:
        return announcing(schema, table, find_table(connection, schema, table))

    return within(address, schema, table, work)


def _announced_key(table: str, found: Table, primary_key: Sequence[str] | None) -> tuple[str, ...]:
    if found.kind not in ANNOUNCING_KINDS:
        raise ArgumentError(
            f"{table} is a {KINDS[found.kind]}, which can announce nothing and be in no publication.",
            " ".join(
                filter(
                    None,
                    (
                        f"A {KINDS[found.kind]} is polled by `live_table`; give it `primary_key=`.",
                        beneath(found),
                    ),
                )
            ),
        )
    if found.announced.foreign:
        foreign = ", ".join(full_name(*place) for place in found.announced.foreign)
        raise ArgumentError(
            f"Below {table} is the foreign table {foreign}, whose changes nothing here can announce; "
            "the triggers would make writes through the whole fail.",
            "`live_table` polls it; `verify_every=` sets how often.",
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
