"""The filter and the order of a request as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from psycopg import sql

from rtwidget.abc import Condition, Expression, Order
from rtwidget.errors import FilterError
from rtwidget.sources.postgres.catalog.catalog import Table, TableColumn
from rtwidget.sources.postgres.read.comparison import OF_ALL_TYPES, SYMBOLS, Symbol
from rtwidget.sources.postgres.read.statement import Values

ROW = sql.Identifier("rtwidget_row")
"""What a row is called in a statement, so that a column's name can mean nothing else."""

_PATTERNS = {"like": "~~", "ilike": "~~*"}
# What the words stand for, which would search for their operators.


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


def operand(by: TableColumn) -> sql.Composable:
    """Return a column of the row as it stands in a comparison.

    The operators of all enums and ranges take no domain over one. Beside a null without a type the server takes a domain
    for what it stands on, for which a cast would need usage of the type's schema; the planner then drops the null.
    """
    reference = column(by.name)
    if by.comparison is None:
        return reference
    if by.is_domain and by.comparison.over in OF_ALL_TYPES:
        reference = sql.SQL("coalesce({}, null)").format(reference)
    return reference if by.comparison.reachable else sql.SQL("array[{}]").format(reference)


def compares(
    left: sql.Composable, symbol: Symbol, right: sql.Composable, by: TableColumn
) -> sql.Composable:
    """Return the SQL of a comparison as the type of a column compares, whatever the reader's search path is."""
    return sql.SQL("{} {} {}").format(left, operator_of(by, symbol), right)


def operator_of(by: TableColumn, symbol: Symbol) -> sql.Composable:
    """Return the operator that compares values of a column; one beside the type where the type has no order."""
    if by.comparison is None:
        return _named(by.schema, SYMBOLS[symbol])
    operator = by.comparison.operator(symbol)
    return _named(operator.schema, operator.name)


def holds(condition: Condition, table: Table, values: Values) -> sql.Composable:
    """Return the SQL of one condition.

    Args:
        condition: What must hold.
        table: Says how its columns are compared.
        values: Takes its values.
    """
    known = table.named[condition.column]
    text = _plainly(condition, known, values)
    # Every type has an order without an operator for "not equal".
    negated = condition.negated is not (condition.operator == "neq")
    return sql.SQL("not ({})").format(text) if negated else text


def _plainly(condition: Condition, known: TableColumn, values: Values) -> sql.Composable:
    if condition.operator == "in":
        return is_one_of(condition.values, known, values)
    reference = column(condition.column)
    value = condition.values[0]
    if condition.operator == "is":
        return sql.SQL("{} is {}").format(reference, sql.SQL(value))  # checked words
    if condition.operator in _PATTERNS:
        schema = known.schema if known.patterns else "pg_catalog"
        pattern = values.add(value.replace("*", "%"))
        named = _named(schema, _PATTERNS[condition.operator])
        return sql.SQL("{} {} {}").format(reference, named, pattern)
    symbol: Symbol = "eq" if condition.operator == "neq" else condition.operator  # type: ignore[assignment]
    return compares(operand(known), symbol, values.cast(value, known), known)


def is_one_of(texts: Sequence[str], known: TableColumn, values: Values) -> sql.Composable:
    """Return the SQL of a column's value being one of a list."""
    reference = operand(known)
    if not texts:
        return sql.SQL("false")
    if known.comparison is not None and known.comparison.one_by_one:
        each = [compares(reference, "eq", values.cast(text, known), known) for text in texts]
        return sql.SQL("({})").format(sql.SQL(" or ").join(each))
    listed = sql.SQL("any ({})").format(values.any_of(texts, known))
    return compares(reference, "eq", listed, known)


def _named(schema: str, name: str) -> sql.Composable:
    return sql.SQL("operator({}.{})").format(sql.Identifier(schema), sql.SQL(name))


def ordered(term: Order) -> sql.Composable:
    """Return the SQL of one term of an order."""
    direction = " desc" if term.descending else " asc"
    nulls = {"nullsfirst": " nulls first", "nullslast": " nulls last"}.get(term.nulls, "")
    return column(term.column) + sql.SQL(direction + nulls)
