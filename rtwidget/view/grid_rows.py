"""The rows of a table as views and the saved picture read them, whether they are kept in this process or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.order.ordering import Order
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.query.view_query import Anchor, CountedValue, ShownAs, ViewQuery


class RowLookup(Protocol):
    """Rows by key; loop thread only, but for the schema and the kinds, which any thread may read."""

    @property
    def schema(self) -> Schema:
        """The columns and the key."""
        ...

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each column."""
        ...

    def row(self, key: Key) -> Row | None:
        """Return a row, or None when it is not there."""
        ...


class RowQuery(Protocol):
    """The rows of one view in their order; loop thread only.

    Attributes:
        still: Whether the rows keep their order until the view asks for another; cells stay current.
    """

    still: bool

    @property
    def rows(self) -> RowLookup:
        """The rows that are shown here, for looking up."""
        ...

    def ask(self, query: ViewQuery) -> None:
        """Show other rows or another order, at once."""
        ...

    def changed(self, delta: Delta) -> None:
        """Take note of rows that changed."""
        ...

    def forget(self) -> None:
        """Make the order anew, at once."""
        ...

    async def window(self, first: int, count: int, anchor: Anchor | None = None) -> WindowRows:
        """Return the rows of a window as they are now; near the end, the last ones.

        Args:
            first: Where the window begins.
            count: How many rows it has.
            anchor: A row that is to stay where it is on the screen: the window moves as far as it did.
        """
        ...

    def between(self, start: Key, end: Key | int, most: int) -> tuple[int, tuple[Key, ...]]:
        """Return how many rows stand from one to another, both included, and their keys unless there are more than `most`.

        Args:
            start: The key of a row; when it is gone, the other one stands alone.
            end: The key of a row, or its place.
            most: How many keys are wanted at most.
        """
        ...

    def close(self) -> None:
        """Ask for nothing more."""
        ...


class GridRows(Protocol):
    """The rows of a table, as views and the saved picture read them."""

    def rows_now(self) -> RowLookup:
        """Return the rows as they stand; any thread."""
        ...

    def query(
        self,
        asked: ViewQuery,
        reordered: Callable[[], None],
        *,
        still: bool = False,
        frozen: bool = False,
    ) -> RowQuery:
        """Return the rows of one view (loop thread).

        Args:
            asked: What the view asks to begin with.
            reordered: Called when there is another order, so that the view asks again.
            still: Whether the rows keep their order until the view asks for another.
            frozen: Whether the rows stay as they are now, whatever happens to the table.
        """
        ...

    def frequent_values(self, column: str, shown_as: ShownAs) -> list[CountedValue]:
        """Return values of a column as a view shows them and how many rows have them, the most frequent first; any thread.

        Args:
            column: The column's name; a table that does not have it has no values either.
            shown_as: How the view draws its cells.
        """
        ...

    def first_rows(self, orders: Sequence[Order], count: int) -> WindowRows:
        """Return the first rows in an order, as they stand; any thread."""
        ...
