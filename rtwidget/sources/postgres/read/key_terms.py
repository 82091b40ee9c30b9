"""What restricts a read to some keys: those behind or up to one, or those of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from psycopg import sql

from rtwidget.replica.keys import Cell, Key
from rtwidget.sources.postgres.catalog.catalog import TableColumn
from rtwidget.sources.postgres.read.comparison import Symbol
from rtwidget.sources.postgres.read.statement import Values, comma, row_of
from rtwidget.sources.postgres.read.terms import compares, is_one_of, operand
from rtwidget.sources.values.json_cells import key_text

_STRICT: dict[str, Symbol] = {"gt": "gt", "lte": "lt"}
_LOOSE: dict[str, Symbol] = {"gt": "gte", "lte": "lte"}


def bounded(
    columns: Sequence[TableColumn], symbol: Literal["gt", "lte"], key: Key, values: Values
) -> sql.Composable:
    """Return the SQL of the rows whose whole key is greater than this one, or not greater (any thread)."""
    names = [operand(one) for one in columns]
    given = [values.cast(_text(part, one), one) for part, one in zip(key, columns, strict=True)]
    if len({(one.comparison and one.comparison.operator(symbol)) for one in columns}) == 1:
        return compares(row_of(names), symbol, row_of(given), columns[0])
    # One operator compares a row, and these columns need several: the last takes it, the others decide strictly.
    parts = list(zip(names, given, columns, strict=True))
    name, value, by = parts[-1]
    term = compares(name, symbol, value, by)
    for name, value, by in reversed(parts[:-1]):
        decided, equal = (compares(name, one, value, by) for one in (_STRICT[symbol], "eq"))
        term = sql.SQL("({} or {} and {})").format(decided, equal, term)
    # Says nothing new, but an index can begin or end there.
    name, value, by = parts[0]
    return sql.SQL("{} and {}").format(compares(name, _LOOSE[symbol], value, by), term)


def named(columns: Sequence[TableColumn], keys: Sequence[Key], values: Values) -> sql.Composable:
    """Return the SQL of the rows that have one of these keys (any thread)."""
    texts = [[_text(key[place], one) for key in keys] for place, one in enumerate(columns)]
    if len(columns) == 1:
        return is_one_of(texts[0], columns[0], values)
    if any(
        one.schema != "pg_catalog" or one.comparison is None or one.comparison.of_arrays
        for one in columns
    ):
        each = [equal(columns, key, values) for key in keys]
        return sql.SQL("({})").format(sql.SQL(" or ").join(each))
    # Side by side: the n-th of each list makes the n-th key. Needs their types by name.
    lists = [values.listed(one, by) for one, by in zip(texts, columns, strict=True)]
    parts = [sql.Identifier(f"part{place}") for place in range(len(columns))]
    same = [
        compares(operand(by), "eq", sql.SQL("rtwidget_key.{}").format(part), by)
        for part, by in zip(parts, columns, strict=True)
    ]
    return sql.SQL("exists (select from rows from ({}) as rtwidget_key({}) where {})").format(
        comma(sql.SQL("pg_catalog.unnest({})").format(one) for one in lists),
        comma(parts),
        sql.SQL(" and ").join(same),
    )


def equal(columns: Sequence[TableColumn], key: Key, values: Values) -> sql.Composable:
    """Return the SQL of the row that has this key (any thread)."""
    terms = [
        compares(operand(by), "eq", values.cast(_text(part, by), by), by)
        for part, by in zip(key, columns, strict=True)
    ]
    return sql.SQL("({})").format(sql.SQL(" and ").join(terms))


def _text(part: Cell, column: TableColumn) -> str:
    return key_text(part, as_json=column.type == "jsonb")
