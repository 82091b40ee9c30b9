"""A PostgREST query as SQL, encoded the way PostgREST encodes it. Pure.

Values are quoted literals of unknown type, so the database reads each as its column's type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from rtwidget.local.rest.query.body_sql import NOTHING, body
from rtwidget.local.rest.query.rest_conditions import Logic

if TYPE_CHECKING:
    from rtwidget.local.rest.media import Media
    from rtwidget.local.rest.query.rest_conditions import Condition, Term
    from rtwidget.local.rest.query.rest_query import Query
    from rtwidget.local.rest.query.select_and_order import Order, Selected

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
    "sl": "<<",
    "sr": ">>",
    "nxr": "&<",
    "nxl": "&>",
    "adj": "-|-",
}


def select_page(
    relation: sql.Identifier, query: Query, max_rows: int, media: Media | None, count: str | None
) -> sql.Composed:
    """Write the statement of a GET; it takes no parameters, so a `%` in it is just a `%`.

    It returns one row: the total or null, the number of rows, and the answer's text. One
    statement, so that total and rows are of the same moment.

    Args:
        relation: The table or view.
        query: What is asked.
        max_rows: The silent cap.
        media: How the rows are written; None for no rows at all, as for a HEAD.
        count: How the total is found: `exact`; `estimated`, which counts on to one more than the
            cap; None or `planned` leave it out.
    """
    limit = query.rows.limit
    # A client may ask for less than the cap, never for more.
    limit = max_rows if limit is None else min(limit, max_rows)
    counted = counting_rows(relation, query)
    if count == "estimated":
        counted = sql.SQL("{} limit {}").format(counted, sql.Literal(max_rows + 1))
    total = (
        sql.SQL("(select count(*) from ({}) as counted)").format(counted)
        if count in ("exact", "estimated")
        else sql.SQL("null::int8")
    )
    return sql.SQL(
        "with _page as (select {columns} from {relation}{where}{order} limit {limit} offset {offset})"
        " select {total}, count(_page), {body} from _page"
    ).format(
        columns=selection(relation, query.select),
        relation=relation,
        where=where(relation, query.where),
        order=order(relation, query.order),
        total=total,
        limit=sql.Literal(limit),
        offset=sql.Literal(query.rows.first),
        body=NOTHING if media is None else body(media),
    )


def counting_rows(relation: sql.Identifier, query: Query) -> sql.Composed:
    """Write the statement whose rows are those of a query without its limits."""
    return sql.SQL("select 1 from {}{}").format(relation, where(relation, query.where))


def selection(relation: sql.Identifier, items: tuple[Selected, ...]) -> sql.Composed:
    """Write the selected columns of a relation."""
    return sql.SQL(", ").join(_column(relation, item) for item in items)


def _column(relation: sql.Identifier, item: Selected) -> sql.Composable:
    if item.column == "*":
        return sql.SQL("{}.*").format(relation)
    output: sql.Composable = reference(relation, item.column)
    if item.cast:
        # The parser lets letters, digits, spaces, _ and $ through, nothing that ends a type.
        cast = sql.SQL(item.cast)
        output = sql.SQL("cast({} as {})").format(output, cast)
    return sql.SQL("{} as {}").format(output, sql.Identifier(item.alias or item.column))


def where(relation: sql.Identifier, terms: tuple[Term, ...]) -> sql.Composable:
    """Write ` where ...`, or nothing."""
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
    column = reference(relation, term.column)
    if term.operator == "in":
        # As an array literal, so that no element at all is allowed too.
        items = ",".join('"' + _escaped(item) + '"' for item in term.values)
        return sql.SQL("{} = any ({})").format(column, sql.Literal("{" + items + "}"))
    value = term.values[0]
    if term.operator == "is":
        word = sql.SQL(value.lower().replace("_", " "))  # checked
        return sql.SQL("{} is {}").format(column, word)
    # `*` stands for `%`, which would have to be escaped in a URL.
    if term.operator in ("like", "ilike"):
        value = value.replace("*", "%")
    symbol = sql.SQL(_SYMBOLS[term.operator])
    literal: sql.Composable = sql.Literal(value)
    if term.quantifier is not None:
        quantifier = sql.SQL(term.quantifier)  # one of two words
        literal = sql.SQL("{}({})").format(quantifier, literal)
    return sql.SQL("{} {} {}").format(column, symbol, literal)


def order(relation: sql.Identifier, orders: tuple[Order, ...]) -> sql.Composable:
    """Write ` order by ...`, or nothing."""
    if not orders:
        return sql.SQL("")
    parts = []
    for one in orders:
        direction = " desc" if one.descending else " asc"
        nulls = f" nulls {one.nulls}" if one.nulls else ""
        suffix = sql.SQL(direction + nulls)  # made of constants
        parts.append(reference(relation, one.column) + suffix)
    return sql.SQL(" order by {}").format(sql.SQL(", ").join(parts))


def reference(relation: sql.Identifier, column: str) -> sql.Composed:
    """Write a column of a relation."""
    return sql.SQL("{}.{}").format(relation, sql.Identifier(column))


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace('"', '\\"')
