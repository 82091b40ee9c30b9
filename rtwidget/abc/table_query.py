"""What a table is asked for: checked, hashable, and the same for every source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """One comparison of a column with a constant.

    Args:
        column: The column's name, without quotes.
        operator: eq, neq, lt, lte, gt, gte, in, like, ilike or is; the wildcard of like and ilike is `*` or `%`.
        values: The constant's text; several, sorted, for `in` only.
        negated: Whether `not.` stands before it.
    """

    column: str
    operator: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Passthrough:
    """An expression that only PostgREST understands, as `name=value` text."""

    text: str


Expression: TypeAlias = Condition | Passthrough


@dataclass(frozen=True, slots=True)
class Order:
    """One column of an order.

    Args:
        column: Its name, without quotes.
        descending: Whether the greatest comes first.
        nulls: Where nulls stand, `nullsfirst` or `nullslast`; empty for the database's habit.
    """

    column: str
    descending: bool = False
    nulls: str = ""

    @property
    def nulls_come_first(self) -> bool:
        """Whether nulls come before values, as PostgreSQL sorts them."""
        return self.nulls == "nullsfirst" or (self.descending and not self.nulls)


@dataclass(frozen=True, slots=True)
class TableQuery:
    """The arguments of `live_table` that say what to read, checked; hashable, so that equal ones can share a feed.

    Args:
        schema: The table's schema.
        table: The table's name, without its schema.
        columns: The columns to return, or None for all; the key columns come with them.
        filters: What must hold, all of it.
        order: The user's order. Without `limit` it is the view's own matter, and a source may ignore it.
        limit: How many rows of that order to keep (top-N), or None for all.
        key: The key columns, or None to find them out.
        types: The SQL types that the user gave, as pairs of column and type in the internal spelling (`int8`, `_text`).
        version: The column that every change of a row changes, by trigger or identity; None without one.
    """

    schema: str
    table: str
    columns: tuple[str, ...] | None = None
    # Conditions come sorted, so that the same ones written in another order are an equal query and share a feed.
    filters: tuple[Expression, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    key: tuple[str, ...] | None = None
    types: tuple[tuple[str, str], ...] = ()
    version: str | None = None

    @property
    def given(self) -> frozenset[str]:
        """The names of the arguments that say which rows and columns, as far as they were given."""
        # By the names of the arguments, because refusals show them. `limit` is left out: it names no column.
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
