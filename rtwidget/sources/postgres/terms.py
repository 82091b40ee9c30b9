"""The filter and the order of a request as SQL."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import sql

from rtwidget.errors import FilterError
from rtwidget.sources.filters import Condition, Expression
from rtwidget.sources.order import Order
from rtwidget.sources.postgres.catalog import Table
from rtwidget.sources.postgres.statement import Values

ROW = sql.Identifier("rtwidget_row")
"""What a row is called in a statement, so that a column's name can mean nothing else."""

_SYMBOLS = {
    "eq": "=",
    "neq": "<>",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
    "like": "like",
    "ilike": "ilike",
}


def conditions_of(filters: Iterable[Expression]) -> tuple[Condition, ...]:
    """Return the conditions of a filter (any thread).

    Raises:
        FilterError: When one of them is an expression that only PostgREST understands.
    """
    found: list[Condition] = []
    for expression in filters:
        if not isinstance(expression, Condition):
            raise FilterError(
                f"The filter {expression.text!r} can be read by Supabase's REST API only.",
                "Use eq neq lt lte gt gte in like ilike is, and `not.`; several of them must all hold.",
            )
        found.append(expression)
    return tuple(found)


def column(name: str) -> sql.Composable:
    """Return a reference to a column of the row."""
    return sql.SQL("{}.{}").format(ROW, sql.Identifier(name))


def holds(condition: Condition, table: Table, values: Values) -> sql.Composable:
    """Return the SQL of one condition.

    Args:
        condition: What must hold.
        table: Gives the type of a list's values.
        values: Takes its values.
    """
    reference = column(condition.column)
    if condition.operator == "in":
        listed = values.cast(list(condition.values), table.named[condition.column])
        text: sql.Composable = sql.SQL("{} = any ({})").format(reference, listed)
    elif condition.operator == "is":
        text = sql.SQL("{} is {}").format(reference, sql.SQL(condition.values[0]))  # checked words
    else:
        pattern = condition.operator in {"like", "ilike"}
        value = condition.values[0].replace("*", "%") if pattern else condition.values[0]
        symbol = sql.SQL(_SYMBOLS[condition.operator])
        text = sql.SQL("{} {} {}").format(reference, symbol, values.add(value))
    return sql.SQL("not ({})").format(text) if condition.negated else text


def ordered(term: Order) -> sql.Composable:
    """Return the SQL of one term of an order."""
    direction = " desc" if term.descending else " asc"
    nulls = {"nullsfirst": " nulls first", "nullslast": " nulls last"}.get(term.nulls, "")
    return column(term.column) + sql.SQL(direction + nulls)
