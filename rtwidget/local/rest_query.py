"""A PostgREST query string as data. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rtwidget.local.rest_errors import unreadable
from rtwidget.local.rest_terms import Term, parse_condition, parse_logic, unquoted_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOGIC_KEYS = ("or", "and", "not.or", "not.and")
_NO_FILTERS = ("columns", "on_conflict", "apikey")
_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_ ]*(\[\])?\Z")
_RANGE = re.compile(r"(\d+)-(\d*)\Z")
_QUOTED = r'"(?:[^"\\]|\\.)+"'
_SELECTED = re.compile(
    rf'(?:(?P<alias>{_QUOTED}|[^":,()]+):(?!:))?(?P<column>{_QUOTED}|[^":,()]+)'
    r"(?:::(?P<cast>[^:,()]+))?\Z"
)
_ORDER = re.compile(rf'({_QUOTED}|[^".]+)(?:\.(asc|desc))?(?:\.nulls(first|last))?')
_PART = re.compile(rf'(?:{_QUOTED}|[^,"])+')


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


@dataclass(frozen=True, slots=True)
class Query:
    """What a GET asks for. `limit` None means as many as the server gives."""

    select: tuple[Selected, ...]
    where: tuple[Term, ...]
    order: tuple[Order, ...]
    limit: int | None
    offset: int


def parse_query(pairs: Iterable[tuple[str, str]], range_header: str | None = None) -> Query:
    """Read a query string.

    Args:
        pairs: Decoded names and values in their order.
        range_header: The `Range` header, rows counted from 0.

    Raises:
        RestError: PGRST100.
    """
    select: tuple[Selected, ...] = (Selected("*"),)
    where: list[Term] = []
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset = 0
    for name, value in pairs:
        if name == "select":
            select = _parse_select(value)
        elif name == "order":
            order = tuple(_parse_order(part) for part in _split(value))
        elif name == "limit":
            limit = _whole_number(name, value)
        elif name == "offset":
            offset = _whole_number(name, value)
        elif name in _LOGIC_KEYS:
            where.append(parse_logic(name, value))
        elif name not in _NO_FILTERS:
            where.append(parse_condition(name, value))
    limit, offset = _within(range_header, limit, offset)
    return Query(select, tuple(where), order, limit, offset)


def _parse_select(text: str) -> tuple[Selected, ...]:
    selected = []
    for part in _split(text):
        found = _SELECTED.match(part.strip())
        cast = found["cast"] if found else None
        if found is None or (cast and not _TYPE.match(cast)):
            raise unreadable("select parameter", text, "embedded resources are not supported here")
        alias = found["alias"]
        selected.append(
            Selected(unquoted_name(found["column"]), cast, unquoted_name(alias) if alias else None)
        )
    return tuple(selected) or (Selected("*"),)


def _parse_order(text: str) -> Order:
    found = _ORDER.fullmatch(text.strip())
    if found is None:
        raise unreadable("order", text, "expecting column, asc or desc, nullsfirst or nullslast")
    return Order(unquoted_name(found[1]), found[2] == "desc", found[3])


def _split(text: str) -> list[str]:
    """Split at commas outside double quotes."""
    return _PART.findall(text)


def _whole_number(name: str, value: str) -> int:
    if not value.isdecimal():
        raise unreadable(name, value, "expecting a whole number")
    return int(value)


def _within(header: str | None, limit: int | None, offset: int) -> tuple[int | None, int]:
    """Return limit and offset inside the rows that the header names."""
    found = _RANGE.match(header or "")
    if found is None:
        return limit, offset
    start = max(offset, int(found[1]))
    ends = [] if limit is None else [offset + limit]
    if found[2]:
        ends.append(int(found[2]) + 1)
    return (max(0, min(ends) - start) if ends else None), start
