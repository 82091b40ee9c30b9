"""The parameters `select` and `order`. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.local.rest.query.url_reader import Reader
from rtwidget.local.rest.rest_errors import RestError, not_implemented

_AGGREGATES = ("sum()", "avg()", "count()", "max()", "min()")


@dataclass(frozen=True, slots=True)
class Selected:
    """One output column; `column` is `*` for all."""

    column: str
    cast: str | None = None
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One sort column. `nulls` is `first`, `last` or None for the database's default."""

    column: str
    descending: bool
    nulls: str | None


def parse_select(text: str) -> tuple[Selected, ...]:
    """Read `select`; nothing selects everything.

    Raises:
        RestError: PGRST100, PGRST123, or that it is not done here.
    """
    reader = Reader(text, "select parameter")
    if not text:
        return (Selected("*"),)
    selected = [_item(reader)]
    while reader.accept(","):
        selected.append(_item(reader))
    reader.end()
    return tuple(selected)


def parse_order(text: str) -> tuple[Order, ...]:
    """Read `order`.

    Raises:
        RestError: PGRST100, or that it is not done here.
    """
    reader = Reader(text, "order")
    orders = [_order(reader)]
    while reader.accept(","):
        orders.append(_order(reader))
    reader.end()
    return tuple(orders)


def _item(reader: Reader) -> Selected:
    reader.spaces()
    if reader.sees("..."):
        raise not_implemented("spreading of embedded resources")
    if reader.accept("*"):
        reader.spaces()
        return Selected("*")
    alias = _alias(reader)
    if reader.sees("count()"):
        raise _aggregate()
    column = reader.field()
    # A name before a parenthesis or a hint is another table's.
    if reader.peek() in ("(", "!"):
        raise not_implemented("embedding of other tables, such as `select=*,other(*)`")
    cast = reader.identifier() if reader.accept("::") else None
    if reader.accept("."):
        if any(reader.sees(aggregate) for aggregate in _AGGREGATES):
            raise _aggregate()
        raise reader.refuse(",")
    reader.spaces()
    return Selected(column, cast, alias)


def _alias(reader: Reader) -> str | None:
    start = reader.mark()
    try:
        name = reader.name()
    except RestError:
        name = None
    if name is not None and reader.sees(":") and not reader.sees("::"):
        reader.accept(":")
        return name
    # It was the column itself, not an alias.
    reader.back(start)
    return None


def _aggregate() -> RestError:
    """Refuse as PostgREST does with its default `db-aggregates-enabled=false`."""
    return RestError(400, "PGRST123", "Use of aggregate functions is not allowed")


def _order(reader: Reader) -> Order:
    column = reader.field()
    if reader.sees("("):
        raise not_implemented("ordering by the columns of embedded resources")
    descending = not reader.accept(".asc") and reader.accept(".desc")
    nulls = None
    for word in ("first", "last"):
        if reader.accept(f".nulls{word}"):
            nulls = word
            break
    reader.spaces()
    if reader.peek() not in ("", ","):
        raise reader.refuse("asc, desc, nullsfirst or nullslast")
    return Order(column, descending, nulls)
