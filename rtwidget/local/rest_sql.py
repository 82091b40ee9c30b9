"""A PostgREST query as SQL, encoded the way PostgREST encodes it. Pure.

Values are quoted literals of unknown type, so the database reads each as its column's type.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from psycopg import sql

from rtwidget.local.rest_errors import RestError
from rtwidget.local.rest_terms import Logic

if TYPE_CHECKING:
    from rtwidget.local.rest_query import Order, Query, Selected
    from rtwidget.local.rest_terms import Condition, Term

_SYMBOLS = {
    "eq": "=",
    "neq": "<>",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "like": "like",
    "ilike": "ilike",
    "match": "~",
    "imatch": "~*",
    "isdistinct": "is distinct from",
    "cs": "@>",
    "cd": "<@",
    "ov": "&&",
}


def page(schema: str, table: str, query: Query, max_rows: int, *, count: bool) -> sql.Composed:
    """Write the statement of a GET; it takes no parameters, so a `%` in it is just a `%`.

    It returns one row: the total or null, the number of rows, and the rows as JSON text. One
    statement, so that total and rows are of the same moment.

    Args:
        schema: The table's schema.
        table: The table or view.
        query: What is asked.
        max_rows: The silent cap.
        count: Whether the total is wanted.
    """
    relation = sql.Identifier(schema, table)
    where = _where(relation, query.where)
    limit = max_rows if query.limit is None else min(query.limit, max_rows)
    total = (
        sql.SQL("(select count(*) from {}{})").format(relation, where)
        if count
        else sql.SQL("null::int8")
    )
    return sql.SQL(
        "with page as (select {columns} from {relation}{where}{order} limit {limit} offset {offset}) "
        "select {total}, count(page), coalesce(json_agg(page), '[]')::text from page"
    ).format(
        columns=sql.SQL(", ").join(_column(relation, item) for item in query.select),
        relation=relation,
        where=where,
        order=_order(relation, query.order),
        total=total,
        limit=sql.Literal(limit),
        offset=sql.Literal(query.offset),
    )


def change(schema: str, table: str, query: Query, body: str) -> sql.Composed:
    """Write the statement of a PATCH: the columns that the body names, of the rows that the query names.

    Args:
        schema: The table's schema.
        table: The table.
        query: Which rows.
        body: The new values by column, as JSON.

    Raises:
        RestError: When the body is no object.
    """
    names = list(_object(body))
    relation = sql.Identifier(schema, table)
    # As PostgREST does it, so that each value is read as its column's type.
    given = sql.SQL("json_populate_record(null::{}, {})").format(relation, sql.Literal(body))
    columns = sql.SQL(", ").join(
        sql.SQL("{} = ({}).{}").format(sql.Identifier(name), given, sql.Identifier(name))
        for name in names
    )
    return sql.SQL("update {} set {}{}").format(relation, columns, _where(relation, query.where))


def _object(body: str) -> dict[str, object]:
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    if not isinstance(values, dict) or not values:
        raise RestError(400, "PGRST102", "Empty or invalid json")
    return values


def _column(relation: sql.Identifier, item: Selected) -> sql.Composable:
    if item.column == "*":
        return sql.SQL("{}.*").format(relation)
    output: sql.Composable = _reference(relation, item.column)
    if item.cast:
        # The parser lets letters, digits, spaces and [] through, nothing that ends a type.
        cast = sql.SQL(item.cast)
        output = sql.SQL("cast({} as {})").format(output, cast)
    return sql.SQL("{} as {}").format(output, sql.Identifier(item.alias or item.column))


def _where(relation: sql.Identifier, terms: tuple[Term, ...]) -> sql.Composable:
    if not terms:
        return sql.SQL("")
    return sql.SQL(" where {}").format(
        sql.SQL(" and ").join(_term(relation, term) for term in terms)
    )


def _term(relation: sql.Identifier, term: Term) -> sql.Composed:
    if isinstance(term, Logic):
        joint = sql.SQL(" or " if term.operator == "or" else " and ")
        result = sql.SQL("({})").format(joint.join(_term(relation, inner) for inner in term.terms))
    else:
        result = _condition(relation, term)
    return sql.SQL("not ({})").format(result) if term.negated else result


def _condition(relation: sql.Identifier, term: Condition) -> sql.Composed:
    column = _reference(relation, term.column)
    if term.operator == "in":
        # As an array literal, so that no element at all is allowed too.
        items = ",".join('"' + _escaped(item) + '"' for item in term.values)
        return sql.SQL("{} = any ({})").format(column, sql.Literal("{" + items + "}"))
    value = term.values[0]
    if term.operator == "is":
        word = sql.SQL(value.lower().replace("_", " "))  # checked
        return sql.SQL("{} is {}").format(column, word)
    if term.operator in ("like", "ilike"):
        value = value.replace("*", "%")
    symbol = sql.SQL(_SYMBOLS[term.operator])
    return sql.SQL("{} {} {}").format(column, symbol, sql.Literal(value))


def _order(relation: sql.Identifier, orders: tuple[Order, ...]) -> sql.Composable:
    if not orders:
        return sql.SQL("")
    parts = []
    for order in orders:
        direction = " desc" if order.descending else " asc"
        nulls = f" nulls {order.nulls}" if order.nulls else ""
        suffix = sql.SQL(direction + nulls)  # made of constants
        parts.append(_reference(relation, order.column) + suffix)
    return sql.SQL(" order by {}").format(sql.SQL(", ").join(parts))


def _reference(relation: sql.Identifier, column: str) -> sql.Composed:
    return sql.SQL("{}.{}").format(relation, sql.Identifier(column))


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace('"', '\\"')
