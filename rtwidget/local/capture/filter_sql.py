"""Filters and values as SQL over texts from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from rtwidget.local.postgres.table_definition import TableColumn
    from rtwidget.local.realtime.joining.realtime_filter import Filter

_COMPARISONS = {
    "eq": "=",
    "neq": "<>",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
    "isdistinct": "is distinct from",
}
_PATTERNS = {"like": "like", "ilike": "ilike", "match": "~", "imatch": "~*"}


def condition(term: Filter, column: TableColumn, cell: sql.Composable) -> sql.Composed:
    """Write one condition; it is null where SQL makes it null.

    Args:
        term: The condition, already accepted for this column.
        column: The column.
        cell: SQL of the cell's text.
    """
    cast = sql.SQL(column.cast)  # quoted by the catalog query
    typed = sql.SQL("{}::{}").format(cell, cast)
    operator, value = term.operator, sql.Literal(term.values[0])
    # Both sides are cast: as text, 10 would be less than 9.
    if operator in _COMPARISONS:
        symbol = sql.SQL(_COMPARISONS[operator])
        result = sql.SQL("{} {} {}::{}").format(typed, symbol, value, cast)
    # Patterns are for text columns only, which the subscription was checked for.
    elif operator in _PATTERNS:
        symbol = sql.SQL(_PATTERNS[operator])
        result = sql.SQL("{} {} {}").format(cell, symbol, value)
    elif operator == "is":
        keyword = sql.SQL(term.values[0].lower())  # one of four words
        result = sql.SQL("{} is {}").format(typed, keyword)
    else:
        values = sql.SQL(", ").join(
            sql.SQL("{}::{}").format(sql.Literal(item), cast) for item in term.values
        )
        result = sql.SQL("{} in ({})").format(typed, values)
    return sql.SQL("not ({})").format(result) if term.negated else result


def value(column: TableColumn, cell: sql.Composable) -> sql.Composed:
    """Write the cell as the JSON that the real server sends."""
    if column.type_name == "bytea":
        # Bytes were logged without their prefix, and are sent as that text.
        return sql.SQL("to_jsonb({})::text").format(cell)
    cast = sql.SQL(column.cast)  # quoted by the catalog query
    return sql.SQL("to_jsonb({}::{})::text").format(cell, cast)
