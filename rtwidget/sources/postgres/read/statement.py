"""A statement and its values: identifiers are quoted, values travel apart as `$1`, `$2`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from psycopg import sql

from rtwidget.sources.postgres.catalog.catalog import TableColumn
from rtwidget.sources.values.array_text import array_from_json, array_of

CATALOG_PATH = sql.SQL("select pg_catalog.set_config('search_path', 'pg_catalog', true)")
"""Runs before a read of the catalog, in its transaction: nothing on the reader's path can stand in for an operator.

Not before a read of rows, where functions in views and policies may rely on that path.
"""
STAYS = sql.SQL(
    "case when pg_catalog.current_setting('idle_session_timeout', true) operator(pg_catalog.<>) '0'"
    " then pg_catalog.set_config('idle_session_timeout', '0', false) end"
)
"""Keeps this session while it has nothing to do, where its role or database ends such sessions; servers before 14 know no such setting."""


class Statement(NamedTuple):
    """What to run.

    Args:
        text: The SQL.
        values: What its placeholders stand for, in their order.
        of_catalog: Whether it reads nothing but the system catalog, whose operators it names without their schema.
    """

    text: sql.SQL | sql.Composed
    values: tuple[str, ...] = ()
    of_catalog: bool = False


@dataclass
class Values:
    """The values of a statement that is being written."""

    given: list[str] = field(default_factory=list)

    def add(self, value: str) -> sql.Composable:
        """Return the placeholder of another value, whose type the server infers from its place."""
        self.given.append(value)
        return sql.SQL(f"${len(self.given)}")

    def cast(self, value: str, column: TableColumn) -> sql.Composable:
        """Return the placeholder of a value that stands beside a column in a comparison.

        Its type is named only where the server does not infer it, since a role may read a table without usage of the
        schemas of its types.
        """
        # Keys come back as JSON shows them, and arrays are written in another way in SQL.
        if column.comparison is not None and column.comparison.of_arrays:
            value = array_from_json(value)
        elif column.comparison is not None and not column.comparison.reachable:
            value = array_of([value])
        placeholder = self.add(value)
        return placeholder if _is_inferred(column) else _typed(placeholder, column)

    def any_of(self, texts: Iterable[str], column: TableColumn) -> sql.Composable:
        """Return the placeholder of a list of values that stands beside a column in a comparison."""
        placeholder = self.add(array_of(texts))
        return placeholder if _is_inferred(column) else _typed(placeholder, column, "[]")

    def listed(self, texts: Iterable[str], column: TableColumn) -> sql.Composable:
        """Return the placeholder of a list of values of a column's type, wherever it stands."""
        return _typed(self.add(array_of(texts)), column, "[]")

    def of(self, text: sql.Composed) -> Statement:
        """Return the statement."""
        return Statement(text, tuple(self.given))


def _is_inferred(column: TableColumn) -> bool:
    return column.comparison is None or column.comparison.gives_type


def _typed(placeholder: sql.Composable, column: TableColumn, suffix: str = "") -> sql.Composable:
    name = sql.Identifier(column.schema, column.type) + sql.SQL(suffix)
    return sql.SQL("{}::{}").format(placeholder, name)


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
