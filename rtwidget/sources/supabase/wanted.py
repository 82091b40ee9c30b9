"""What the user asked for, checked, and before the key columns are known."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.sources.filters import Expression
from rtwidget.sources.supabase.order import Order
from rtwidget.sources.supabase.query import Query


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

    def query(self, key: tuple[str, ...]) -> Query:
        """Return the queries of this request under a key."""
        return Query(self.table, self.columns, self.filters, self.order, key)
