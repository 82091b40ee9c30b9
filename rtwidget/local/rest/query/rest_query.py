"""A PostgREST query string as data. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from rtwidget.local.rest.query.ranges import Rows, wanted_rows
from rtwidget.local.rest.query.rest_conditions import Term, parse_condition, parse_logic
from rtwidget.local.rest.query.select_and_order import Order, Selected, parse_order, parse_select
from rtwidget.local.rest.query.url_reader import Reader
from rtwidget.local.rest.rest_errors import RestError, not_implemented

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOGIC = ("or", "and")
_SEPARATORS = re.compile("[&;]")


@dataclass(frozen=True, slots=True)
class Query:
    """What a URL asks for. `columns` are those of the body that are written, None for all."""

    select: tuple[Selected, ...]
    where: tuple[Term, ...]
    order: tuple[Order, ...]
    rows: Rows
    columns: tuple[str, ...] | None = None


def query_pairs(text: str) -> list[tuple[str, str]]:
    """Decode a raw query string; a name without `=` counts for nothing, as with PostgREST."""
    parts = (part.partition("=") for part in _SEPARATORS.split(text) if "=" in part)
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in parts]


def parse_query(pairs: Iterable[tuple[str, str]], range_header: str | None = None) -> Query:
    """Read a query string.

    Args:
        pairs: Decoded names and values in their order.
        range_header: The `Range` header of a GET, rows counted from 0.

    Raises:
        RestError: PGRST100, PGRST103, PGRST108, or that it is not done here.
    """
    where: list[Term] = []
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    orders: list[tuple[Order, ...]] = []
    for name, value in pairs:
        if name in ("select", "columns", "on_conflict", "apikey"):
            # Of these the first counts, of limits the last: so PostgREST reads its parameters.
            first.setdefault(name, value)
        elif name == "order":
            # All are read, so that a wrong one is refused, but only the first counts.
            orders.append(parse_order(value))
        elif name in ("limit", "offset"):
            last[name] = value
        elif name.removeprefix("not.") in _LOGIC:
            where.append(parse_logic(name, value))
        else:
            where.append(parse_condition(_column_of(name), value))
    rows = wanted_rows(last.get("limit"), last.get("offset"), range_header)
    order = orders[0] if orders else ()
    columns = _names(first["columns"]) if "columns" in first else None
    return Query(parse_select(first.get("select", "")), tuple(where), order, rows, columns)


def _column_of(key: str) -> str:
    """Return the column that a filter names; one of an embedded resource is refused as PostgREST does."""
    reader = Reader(key, "tree path")
    path = [reader.name()]
    while reader.accept("."):
        path.append(reader.name())
    if reader.sees("->"):
        raise not_implemented("paths into JSON, such as `column->key`")
    reader.end()
    if len(path) > 1:
        raise RestError(
            400,
            "PGRST108",
            f"'{path[0]}' is not an embedded resource in this request",
            hint=f"Verify that '{path[0]}' is included in the 'select' query parameter.",
        )
    return path[0]


def _names(text: str) -> tuple[str, ...]:
    reader = Reader(text, "columns parameter")
    names = [reader.name()]
    reader.spaces()
    while reader.accept(","):
        reader.spaces()
        names.append(reader.name())
        reader.spaces()
    reader.end()
    return tuple(dict.fromkeys(names))
