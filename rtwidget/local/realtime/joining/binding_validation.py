"""Turning bindings into subscriptions, with the checks and the words of the real server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from rtwidget.local.postgres.table_definition import Table, TableColumn, read_table
from rtwidget.local.realtime.joining.join_refusals import SubscriptionRefused
from rtwidget.local.realtime.joining.realtime_filter import MAX_IN_VALUES, Filter
from rtwidget.local.realtime.published_tables import matching_oids
from rtwidget.local.realtime.subscriptions import Identity, Subscriber, Subscription

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rtwidget.local.postgres.database import Connection
    from rtwidget.local.realtime.joining.binding import Binding

_PREFIX = "Unable to subscribe to changes with given parameters. "
_IS_WORDS = ("null", "true", "false", "unknown")
_TEXT_TYPES = ("text", "varchar", "bpchar", "name", "citext")
_TEXT_OPERATORS = ("like", "ilike", "match", "imatch")
_REGULAR_EXPRESSIONS = ("match", "imatch")


async def subscribe(
    connection: Connection,
    bindings: Sequence[Binding],
    claims: dict[str, Any],
    subscriber: Subscriber,
) -> list[Subscription]:
    """Check all bindings of a channel; one bad binding refuses them all.

    Args:
        connection: In no transaction.
        bindings: What the channel wants.
        claims: Claims of its token.
        subscriber: The channel.

    Raises:
        SubscriptionRefused: No retry will help.
        psycopg.OperationalError: The database cannot be asked.
    """
    # One for all bindings, so that capture looks a channel's rows up once.
    identity = Identity.of(claims)
    found: list[Subscription] = []
    for binding in bindings:
        oids = await matching_oids(connection, binding.schema, binding.table)
        if not oids:
            raise SubscriptionRefused(
                f"{_PREFIX}Please check Realtime is enabled for the given connect parameters: "
                f"{binding.describe()}"
            )
        try:
            # A role that does not exist is the database's error, in its words.
            await connection.execute("select quote_ident(%s)::regrole", (identity.role,))
            for oid in oids:
                table = await read_table(connection, oid, [identity.role])
                if table is not None:
                    await _check(connection, table, binding, identity.role)
        # The database is away, which is no fault of the binding: the caller tries again.
        except psycopg.OperationalError:
            raise
        except psycopg.Error as problem:
            raise _exception(binding, *_explain(problem)) from None
        found += [Subscription(subscriber, oid, binding, identity) for oid in oids]
    return found


async def _check(connection: Connection, table: Table, binding: Binding, role: str) -> None:
    # A column that the role may not read does not exist for it.
    readable = {column.name: column for column in table.columns if role in column.readers}
    for term in binding.filters:
        column = readable.get(term.column)
        if column is None:
            raise _raised(binding, f"invalid column for filter {term.column}")
        await _check_filter(connection, binding, term, column)
    for name in binding.select or ():
        if name not in readable:
            raise _raised(binding, f"invalid column for select {name}")


async def _check_filter(
    connection: Connection, binding: Binding, term: Filter, column: TableColumn
) -> None:
    operator, value = term.operator, term.values[0]
    if operator == "is":
        if value.lower() not in _IS_WORDS:
            raise _raised(
                binding, "invalid value for is filter: must be null, true, false, or unknown"
            )
        if value.lower() != "null" and column.type_name != "bool":
            name = await _type_name(connection, column)
            raise _raised(
                binding, f"is {value.lower()} filter requires a boolean column, got {name}"
            )
    elif operator in _TEXT_OPERATORS:
        if column.type_name not in _TEXT_TYPES:
            name = await _type_name(connection, column)
            raise _raised(
                binding,
                f"operator {operator} requires a text-compatible column type, got {name}",
            )
        if operator in _REGULAR_EXPRESSIONS:
            await _check_pattern(connection, binding, term)
    elif len(term.values) > MAX_IN_VALUES:
        raise _raised(binding, f"too many values for `in` filter. Maximum {MAX_IN_VALUES}")
    else:
        cast = sql.SQL(column.cast)  # quoted by the catalog query
        # Each value is cast now, so that a wrong one is refused here and not in every poll.
        for item in term.values:
            await connection.execute(sql.SQL("select {}::{}").format(sql.Literal(item), cast))


async def _check_pattern(connection: Connection, binding: Binding, term: Filter) -> None:
    try:
        await connection.execute("select '' ~ %s", (term.values[0],))
    except psycopg.errors.InvalidRegularExpression as problem:
        raise _raised(
            binding,
            f"invalid regular expression for {term.operator} filter: "
            f"{problem.diag.message_primary}",
        ) from None


async def _type_name(connection: Connection, column: TableColumn) -> str:
    row = await (
        await connection.execute("select format_type(%s::regtype, null)", (column.cast,))
    ).fetchone()
    return str(row[0]) if row else column.type_name


def _explain(problem: psycopg.Error) -> tuple[str, str]:
    # psycopg names its classes after the conditions: `UndefinedTable` is `undefined_table`.
    condition = re.sub(r"(?<!^)(?=[A-Z])", "_", type(problem).__name__).lower()
    message = problem.diag.message_primary or str(problem)
    return f"{problem.sqlstate} ({condition})", message


def _raised(binding: Binding, message: str) -> SubscriptionRefused:
    return _exception(binding, "P0001 (raise_exception)", message)


def _exception(binding: Binding, code: str, message: str) -> SubscriptionRefused:
    return SubscriptionRefused(
        f"{_PREFIX}An exception happened so please check your connect parameters: "
        f"{binding.describe()}. Exception: ERROR {code} {message}"
    )
