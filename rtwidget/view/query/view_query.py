"""What one view asks of a table's rows: an order, a filter for each column, a search over all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from rtwidget.replica.keys import Key
from rtwidget.store.order.ordering import Order

CountedValue: TypeAlias = tuple[str | bool | None, int]
"""A value as a view shows it, and how many rows have it."""


@dataclass(frozen=True, slots=True)
class ShownAs:
    """How the view that asks draws its cells, because people look for what they see.

    Args:
        zone: The reader's time zone, by its IANA name.
        formats: How numbers of a column are written, in the manner of d3 or "exact", by its name.
        floats: The columns of unknown type that it takes for floats, by their names.
    """

    zone: str = "UTC"
    formats: Mapping[str, str] = field(default_factory=dict)
    floats: frozenset[str] = frozenset()


DATABASES_WAY: Final = ShownAs()
"""How cells are drawn for nobody in particular."""


@dataclass(frozen=True, slots=True)
class Contains:
    """The value's text contains this one, on the screen or in the database, whatever the case of its letters."""

    text: str


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The value's text begins with this one, in the same way: of a number, other digits in front make another one."""

    text: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these, or stands on the screen as one of them.

    Args:
        values: As cells travel to the browser or as it shows them: text, or `True` and `False`; None stands for null.
    """

    values: tuple[str | bool | None, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The value lies between two bounds, both included.

    Moments without an offset are of the reader's clock, and compared with what it shows.

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


Test: TypeAlias = Contains | StartsWith | OneOf | Between | IsNull


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
        search: Text that some value of the row must contain, on the screen or in the database, whatever the case; empty for all rows.
        shown_as: How the view draws its cells.
    """

    orders: tuple[Order, ...] = ()
    filters: tuple[ColumnFilter, ...] = ()
    search: str = ""
    shown_as: ShownAs = DATABASES_WAY


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row that is to stay where it is on the screen while rows above it come and go.

    Args:
        key: Its key.
        place: Its place in the order that the view saw last.
    """

    key: Key
    place: int
