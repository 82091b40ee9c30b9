"""What one view asks of a table's rows: an order, a filter for each column, a search over all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rtwidget.replica.keys import Key
from rtwidget.store.ordering import Order


@dataclass(frozen=True, slots=True)
class Contains:
    """The value's text contains this one, whatever the case of its letters."""

    text: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these.

    Args:
        values: As cells travel to the browser: text, or `True` and `False`; None stands for null.
    """

    values: tuple[str | bool | None, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The value lies between two bounds, both included.

    Args:
        low: The least value as text, or None for no bound.
        high: The greatest value as text, or None for no bound.
    """

    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class IsNull:
    """The value is null; with `negated`, it is not."""

    negated: bool = False


Test: TypeAlias = Contains | OneOf | Between | IsNull


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """One column's filter.

    Args:
        column: Its name.
        test: What its value must fulfil.
    """

    column: str
    test: Test


@dataclass(frozen=True, slots=True)
class ViewQuery:
    """Which rows a view shows, and in which order; names that the table does not have are passed over.

    Args:
        orders: The columns to sort by, the first one first.
        filters: What must all hold.
        search: Text that some value of the row must contain, whatever the case; empty for all rows.
    """

    orders: tuple[Order, ...] = ()
    filters: tuple[ColumnFilter, ...] = ()
    search: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row that is to stay where it is on the screen while rows above it come and go.

    Args:
        key: Its key.
        place: Its place in the order that the view saw last.
    """

    key: Key
    place: int
