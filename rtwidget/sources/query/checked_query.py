"""What the user asked for, refused at the door where it cannot work; the same for every source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import index
from typing import SupportsIndex, TypedDict

from rtwidget.errors import ArgumentError
from rtwidget.sources.query.filters import Condition, Expression, Filter, parse_filter
from rtwidget.sources.query.order import Order, parse_order
from rtwidget.sources.query.plain_text import can_be_sent
from rtwidget.sources.values.sql_types import checked_types

MAX_TOP_ROWS = 10_000
"""The greatest `limit`; more is read as a whole table (design section 2, top-N)."""


class Asked(TypedDict):
    """The arguments that say what to read, as the user gave them."""

    schema: str
    columns: Sequence[str] | None
    filter: Filter | None
    order_by: str | Sequence[str] | None
    limit: int | None
    primary_key: str | Sequence[str] | None
    types: Mapping[str, str] | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A checked request; hashable, so that equal ones can share a feed.

    Args:
        schema: The table's schema.
        table: The table's name.
        columns: The columns to return, or None for all.
        filters: What must hold.
        order: The user's order.
        limit: How many rows of that order to keep, or None for all.
        key: The key columns, or None to find them out.
        types: The internal types that the user gave, as pairs of column and type.
        version: The column that every change of a row changes, or None.
    """

    schema: str
    table: str
    columns: tuple[str, ...] | None = None
    filters: tuple[Expression, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    key: tuple[str, ...] | None = None
    types: tuple[tuple[str, str], ...] = ()
    version: str | None = None

    @property
    def given(self) -> frozenset[str]:
        """The names of the arguments that say which rows and columns, as far as they were given."""
        said = {
            "columns": self.columns,
            "filter": self.filters,
            "order_by": self.order,
            "primary_key": self.key,
            "version": self.version,
        }
        return frozenset(name for name, value in said.items() if value)

    @property
    def constants(self) -> frozenset[str]:
        """The texts that the filter compares with; the whole text of what only PostgREST understands."""
        return frozenset(
            text
            for one in self.filters
            for text in (one.values if isinstance(one, Condition) else (one.text,))
        )


def checked_wanted(
    table: str,
    *,
    schema: str,
    columns: Sequence[str] | None,
    filter: Filter | None,  # noqa: A002  (the user's word for it)
    order_by: str | Sequence[str] | None,
    limit: int | None,
    primary_key: str | Sequence[str] | None,
    types: Mapping[str, str] | None,
    version: str | None,
) -> Wanted:
    """Return a request with every argument checked (any thread).

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
    return Wanted(
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
