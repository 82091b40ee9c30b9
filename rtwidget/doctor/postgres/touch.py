"""Touches one row by SQL: a column is set to what it is, so that only triggers and the log see it."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import sql

from rtwidget.abc import TableQuery
from rtwidget.doctor.checks.touchable_row import ONLY_DEFAULT, in_order, no_row, not_allowed
from rtwidget.errors import PermissionDeniedError, SourceError
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.open_connection import Connection, broken_after, connect
from rtwidget.sources.postgres.errors import statement_error
from rtwidget.sources.postgres.listen.listening_connection import REPLY_S
from rtwidget.sources.postgres.read.query import Query
from rtwidget.sources.postgres.read.reader import Reader
from rtwidget.sources.postgres.read.statement import Statement, Values
from rtwidget.sources.postgres.read.terms import ROW, compares, operand
from rtwidget.sources.quiet_loggers import unlogged


async def touch(address: Address, wanted: TableQuery, values: Sequence[str]) -> None:
    """Set a column of one row to what it is (any loop).

    Args:
        address: Where, and as whom.
        wanted: Names the table, and its key where it has none of its own.
        values: The row's key, as texts.

    Raises:
        SourceError: When there is no such row, or it may not be changed.
    """
    reader = Reader(address, wanted)
    connection = await connect(address)
    try:
        query = await reader.query()
        for column in in_order(query.table.named, query.key):
            changed = await _attempt(connection, _update(query, column, values))
            if changed == 0:
                raise no_row(query.key)
            if isinstance(changed, PermissionDeniedError):
                raise not_allowed(wanted.schema, wanted.table, query.table.role)
            if isinstance(changed, int):
                return
            if changed.code != ONLY_DEFAULT:
                raise changed
        raise no_row(query.key)
    finally:
        await connection.close()
        await reader.aclose()


def _update(query: Query, column: str, values: Sequence[str]) -> Statement:
    given = Values()
    known = [query.table.named[name] for name in query.key]
    terms = [
        compares(operand(one), "eq", given.cast(value, one), one)
        for one, value in zip(known, values, strict=True)
    ]
    return given.of(
        sql.SQL("update {} as {} set {} = {} where {}").format(
            sql.Identifier(query.schema, query.name),
            ROW,
            sql.Identifier(column),
            sql.Identifier(column),
            sql.SQL(" and ").join(terms),
        )
    )


async def _attempt(connection: Connection, statement: Statement) -> int | SourceError:
    """Return how many rows were changed, or the error: psycopg's own holds the password."""
    try:
        with unlogged("psycopg"), broken_after(connection, REPLY_S):
            cursor = await connection.execute(statement.text, statement.values)
    except psycopg.Error as error:
        return statement_error(error, "the table", "", "")
    return cursor.rowcount
