"""The arguments that say what to read, checked before anything is contacted; the same for every source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import index
from typing import SupportsIndex

from rtwidget.abc import TableQuery
from rtwidget.errors import ArgumentError
from rtwidget.sources.query.filters import Filter, parse_filter
from rtwidget.sources.query.order import parse_order
from rtwidget.sources.query.plain_text import can_be_sent
from rtwidget.sources.values.sql_types import checked_types

MAX_TOP_ROWS = 10_000
"""The greatest `limit`; more is read as a whole table (design section 2, top-N)."""


def checked_query(
    table: str,
    *,
    schema: str = "public",
    columns: Sequence[str] | None = None,
    filter: Filter | None = None,  # noqa: A002  (the user's word for it)
    order_by: str | Sequence[str] | None = None,
    limit: int | None = None,
    primary_key: str | Sequence[str] | None = None,
    types: Mapping[str, str] | None = None,
    version: str | None = None,
) -> TableQuery:
    """Return a query with every argument checked (any thread).

    Args:
        table: The table's name, without its schema.
        schema: The table's schema.
        columns: The columns to return; None for all.
        filter: What must hold.
        order_by: The order of the top rows; by key without it.
        limit: How many of them to keep, at most `MAX_TOP_ROWS`.
        primary_key: The key columns; None to find them out.
        types: SQL types of columns, where the source does not tell.
        version: The column that every change of a row changes, by trigger or identity; None without one.

    Raises:
        ArgumentError: When an argument cannot work.
        FilterError: When the filter cannot be read.
    """
    key = None if primary_key is None else _names("primary_key", primary_key)
    return TableQuery(
        schema=_name("schema", schema),
        table=_name("table", table),
        columns=None if columns is None else _names("columns", columns),
        filters=parse_filter(filter),
        order=parse_order(order_by),
        limit=_limit(limit),
        key=key,
        types=tuple(sorted(checked_types(types).items())),
        version=None if version is None else _name("version", version),
    )


def _limit(given: object) -> int | None:
    # NumPy's and pandas's whole numbers are numbers too; True and False are none.
    whole = isinstance(given, SupportsIndex) and not isinstance(given, bool)
    limit = index(given) if whole else None  # type: ignore[arg-type]
    if given is not None and not (limit is not None and 0 < limit <= MAX_TOP_ROWS):
        raise ArgumentError(
            f"limit is {given!r}.",
            f"Pass a whole number from 1 to {MAX_TOP_ROWS:,}, or leave it out for all rows.",
        )
    return limit


def _name(argument: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not can_be_sent(value):
        raise ArgumentError(f"{argument} is {value!r}.", "Pass a name, such as 'agent_proposals'.")
    return value


def _names(argument: str, value: str | Sequence[str]) -> tuple[str, ...]:
    if not isinstance(value, Iterable):
        raise ArgumentError(
            f"{argument} is of the type {type(value).__name__}, which names no column.",
            f'Pass a list such as {argument}=["id"].',
        )
    names = tuple(_name(argument, one) for one in ((value,) if isinstance(value, str) else value))
    if not names or len(set(names)) < len(names):
        raise ArgumentError(
            f"{argument} names no column, or one twice.", f'Pass a list such as {argument}=["id"].'
        )
    return names
