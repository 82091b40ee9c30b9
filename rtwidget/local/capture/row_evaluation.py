"""Asking the database about a batch of logged rows: their JSON, filters and visibility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from rtwidget.local.capture.filter_sql import condition, value
from rtwidget.local.postgres.role_transaction import acting_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rtwidget.local.capture.change_payload import JsonCells
    from rtwidget.local.capture.logged_row import Cells, LoggedRow
    from rtwidget.local.postgres.database import Connection
    from rtwidget.local.postgres.table_definition import Table, TableColumn
    from rtwidget.local.realtime.joining.realtime_filter import Filter
    from rtwidget.local.realtime.subscriptions import Identity

_NUMBERS = frozenset(["int2", "int4", "int8", "float4", "float8", "numeric"])
_NO_NUMBERS = frozenset(["NaN", "Infinity", "-Infinity"])


@dataclass(frozen=True, slots=True)
class Rendered:
    """JSON of a row's cells, and which filters they pass."""

    new: JsonCells
    old: JsonCells
    passed: frozenset[Filter]


async def render(
    connection: Connection, table: Table, rows: Sequence[LoggedRow], filters: Sequence[Filter]
) -> list[Rendered]:
    """Cast the cells in the database and test the filters.

    Args:
        connection: In no transaction.
        table: The rows' table.
        rows: What was logged.
        filters: Distinct conditions of its subscriptions.

    Raises:
        psycopg.Error: A value or filter cannot be cast any more.
    """
    columns = table.columns
    names = [sql.Identifier("r", f"c{index}") for index in range(len(columns))]
    outputs: list[sql.Composable] = [
        value(column, name) for column, name in zip(columns, names, strict=True)
    ]
    place = {column.name: index for index, column in enumerate(columns)}
    testable = [term for term in filters if term.column in place]
    for term in testable:
        index = place[term.column]
        outputs.append(
            sql.SQL("coalesce({}, false)").format(condition(term, columns[index], names[index]))
        )
    # One round trip for new and old rows, which have the same columns.
    lines = [row.new for row in rows] + [row.old for row in rows]
    answers = await _ask(connection, columns, [_fixed(output) for output in outputs], lines)
    rendered = []
    for index, row in enumerate(rows):
        # A deleted row has no new cells, so filters look at its old ones.
        old_index = len(rows) + index
        tested = answers[old_index if row.kind == "DELETE" else index][len(columns) :]
        passed = frozenset(
            term
            for term, is_true in zip(testable, tested, strict=True)
            if is_true and term.column in row.filter_cells
        )
        rendered.append(
            Rendered(
                _known(columns, answers[index], row.new),
                _known(columns, answers[old_index], row.old),
                passed,
            )
        )
    return rendered


async def visible_keys(
    connection: Connection, table: Table, identity: Identity, rows: Sequence[LoggedRow]
) -> set[tuple[str | None, ...]]:
    """Return the keys of those rows that the identity may select now, as texts in the key's order.

    Args:
        connection: In no transaction.
        table: A table with a primary key.
        identity: Role and claims.
        rows: Inserts and updates.

    Raises:
        psycopg.Error: A policy failed, or the role is not to be had.
    """
    # A key that changed several times in a batch is asked for once.
    keys = list({key_of(table, row) for row in rows})
    names = [sql.Identifier("r", f"c{index}") for index in range(len(table.key))]
    equal = sql.SQL(" and ").join(
        sql.SQL("t.{} = {}").format(sql.Identifier(column.name), _typed(column, name))
        for column, name in zip(table.key, names, strict=True)
    )
    exists = sql.SQL("exists (select 1 from {} as t where {})").format(
        sql.Identifier(table.schema, table.name), equal
    )
    columns = {column.name: [key[index] for key in keys] for index, column in enumerate(table.key)}
    # Only here the role counts: its policies and grants decide what exists.
    async with acting_as(connection, identity.claims):
        cursor = await connection.execute(
            sql.SQL("select r.n from unnest({}) with ordinality as r({}, n) where {}").format(
                _arrays(len(columns)), _aliases(len(columns)), _fixed(exists)
            ),
            list(columns.values()),
        )
        return {keys[n - 1] for (n,) in await cursor.fetchall()}


def key_of(table: Table, row: LoggedRow) -> tuple[str | None, ...]:
    """Return the texts of a row's primary key."""
    return tuple(row.new.get(column.name) for column in table.key)


async def _ask(
    connection: Connection,
    columns: Sequence[TableColumn],
    outputs: Sequence[sql.Composable],
    lines: Sequence[Cells],
) -> list[tuple[Any, ...]]:
    query = sql.SQL("select {} from unnest({}) with ordinality as r({}, n) order by r.n").format(
        sql.SQL(", ").join(outputs), _arrays(len(columns)), _aliases(len(columns))
    )
    # One array for each column keeps the number of parameters small, whatever the number of rows.
    texts = [[_logged(column, line.get(column.name)) for line in lines] for column in columns]
    return await (await connection.execute(query, texts)).fetchall()


def _logged(column: TableColumn, cell: str | None) -> str | None:
    """Spoil a value as wal2json does: no NaN or infinity, and bytea without its prefix."""
    if column.type_name in _NUMBERS and cell in _NO_NUMBERS:
        return None
    if column.type_name == "bytea" and cell is not None:
        return cell.removeprefix("\\x")
    return cell


def _known(columns: Sequence[TableColumn], answer: tuple[Any, ...], cells: Cells) -> JsonCells:
    pairs = zip(columns, answer, strict=False)
    return {column.name: cell for column, cell in pairs if column.name in cells}


def _typed(column: TableColumn, name: sql.Composable) -> sql.Composed:
    return sql.SQL("{}::{}").format(name, sql.SQL(column.cast))


def _fixed(part: sql.Composable) -> sql.SQL:
    """Keep a `%` in a literal or a name from being read as a placeholder."""
    return sql.SQL(part.as_string().replace("%", "%%"))


def _arrays(count: int) -> sql.Composed:
    return sql.SQL(", ").join([sql.SQL("%s::text[]")] * count)


def _aliases(count: int) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(f"c{index}") for index in range(count))
