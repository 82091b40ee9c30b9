"""A session that changes one table, for people and programs that wait: no event loop, no feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, sleep
from typing import Any, TypeVar

import psycopg
from psycopg import sql

from rtwidget.errors import SourceError
from rtwidget.sources.postgres.catalog.catalog import Table, names_of, read_table
from rtwidget.sources.postgres.catalog.catalog_sql import CATALOG
from rtwidget.sources.postgres.catalog.nearest_names import RELATIONS, no_table
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.login.login_errors import login_error
from rtwidget.sources.postgres.triggers.setup_errors import setup_error

LOCK_S = 10
"""How long to try to get the table."""
TRY_MS = 500
"""The longest wait of one try, since whoever writes waits behind us meanwhile.

Below the server's `deadlock_timeout` (1 s): a transaction that waits for us in a circle goes on before the server ends it.
"""
_PAUSE_S = 0.25

# A lock of the transaction, which ends with it however it ends; the key is one for the whole database.
_ALONE = "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('rtwidget: enable and disable', 0))"

Connection = psycopg.Connection[tuple[Any, ...]]
Result = TypeVar("Result")


def within(
    address: Address, schema: str, table: str, work: Callable[[Connection], Result]
) -> Result:
    """Do something in one transaction, and return what it returned (any thread).

    Args:
        address: Where, and as whom.
        schema: The table's schema, for error messages.
        table: The table's name, for the same.
        work: What to do.

    Raises:
        SourceError: When the login or a statement is refused.
    """
    done = _attempt(address, sql.Identifier(schema, table).as_string(), work)
    # Raised here, outside of any handler: psycopg's errors hold the password.
    if isinstance(done, SourceError):
        raise done
    return done


def wait_for_others(connection: Connection) -> None:
    """Wait, before the catalog is read, until nobody else enables or disables a table of this database.

    Two at once would refuse each other's rows of the catalog.
    """
    connection.execute(f"set local lock_timeout = '{LOCK_S}s'")
    connection.execute(_ALONE)


def run(connection: Connection, statements: Sequence[sql.Composed]) -> None:
    """Run statements that change the table, in short tries, between which everybody else goes on."""
    until = monotonic() + LOCK_S
    while True:
        try:
            # A savepoint for each try: what a failed one did is undone, and the locks it got are free again.
            with connection.transaction():
                connection.execute(f"set local lock_timeout = '{TRY_MS}ms'")
                for statement in statements:
                    connection.execute(statement)
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            if monotonic() >= until:
                raise
        else:
            return
        sleep(_PAUSE_S)


def find_table(connection: Connection, schema: str, table: str) -> Table:
    """Return what the catalog says of a table.

    Raises:
        TableNotFoundError: When there is none.
    """
    row = connection.execute(CATALOG, names_of(schema, table)).fetchone()
    found = read_table(row[0].encode() if row else None)
    if found is None:
        known = connection.execute(RELATIONS, (schema, table)).fetchone()
        raise no_table(schema, table, known[0] if known else None)
    return found


def _attempt(
    address: Address, relation: str, work: Callable[[Connection], Result]
) -> Result | SourceError:
    try:
        # Raw, so that a `%` in a name or in a function's body is just a `%`.
        connection = psycopg.connect(address.dsn.reveal(), cursor_factory=psycopg.RawCursor)
    except (psycopg.Error, OSError, UnicodeError) as error:
        return login_error(error, address.host)
    try:
        with connection:
            return work(connection)
    except psycopg.Error as error:
        return setup_error(error, relation)
