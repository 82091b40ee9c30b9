"""A statement and its values: identifiers are quoted, values travel apart as `$1`, `$2`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from psycopg import sql

from rtwidget.sources.postgres.catalog import TableColumn

Value = str | int | list[str]
"""A list, because psycopg takes a tuple for a composite value."""


class Statement(NamedTuple):
    """What to run.

    Args:
        text: The SQL.
        values: What its placeholders stand for, in their order.
    """

    text: sql.SQL | sql.Composed
    values: tuple[Value, ...] = ()


@dataclass
class Values:
    """The values of a statement that is being written."""

    given: list[Value] = field(default_factory=list)

    def add(self, value: Value) -> sql.Composable:
        """Return the placeholder of another value, whose type the server infers from its place."""
        self.given.append(value)
        return sql.SQL(f"${len(self.given)}")

    def cast(self, value: Value, column: TableColumn) -> sql.Composable:
        """Return the placeholder of a value of a column's type, or of a list of them."""
        suffix = sql.SQL("" if isinstance(value, str | int) else "[]")
        typed = sql.Identifier(column.schema, column.type) + suffix
        return sql.SQL("{}::{}").format(self.add(value), typed)

    def of(self, text: sql.Composed) -> Statement:
        """Return the statement."""
        return Statement(text, tuple(self.given))


def comma(parts: Iterable[sql.Composable]) -> sql.Composable:
    """Return the parts with commas between them."""
    return sql.SQL(", ").join(parts)


def row_of(parts: Sequence[sql.Composable]) -> sql.Composable:
    """Return one part as it is, and several as a row, which compares from left to right."""
    return parts[0] if len(parts) == 1 else sql.SQL("({})").format(comma(parts))


def as_json(select: sql.Composable) -> sql.Composed:
    """Return the statement that answers with all rows of another as one JSON array of objects, as PostgREST writes it."""
    return sql.SQL(
        "select coalesce(pg_catalog.json_agg(rtwidget_page.*), '[]')::pg_catalog.text from ({}) as rtwidget_page"
    ).format(select)
