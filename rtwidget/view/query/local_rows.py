"""How a table whose rows are kept here answers a grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rtwidget.store.order.ordering import Order, sorted_slots
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.query.frequent_values import frequent_values
from rtwidget.view.query.local_query import LocalQuery
from rtwidget.view.query.snapshot_table import FrozenTable, SnapshotTable
from rtwidget.view.query.view_query import CountedValue, ShownAs, ViewQuery


class LocalRows:
    """The `GridRows` of a table that is a `SnapshotTable`; mixed into it."""

    def query(
        self: SnapshotTable,
        asked: ViewQuery,
        reordered: Callable[[], None],
        *,
        still: bool = False,
        frozen: bool = False,
    ) -> LocalQuery:
        """Return the rows of one view (loop thread).

        Args:
            asked: What the view asks to begin with.
            reordered: Called when there is another order, so that the view asks again.
            still: Whether the rows keep their order until the view asks for another.
            frozen: Whether the rows stay as they are now, whatever happens to the table.
        """
        return LocalQuery(FrozenTable(self) if frozen else self, asked, reordered, still=still)

    def frequent_values(self: SnapshotTable, column: str, shown_as: ShownAs) -> list[CountedValue]:
        """Return values of a column as a view shows them and how many rows have them, the most frequent first; any thread.

        Args:
            column: The column's name; a table that does not have it has no values either.
            shown_as: How the view draws its cells.
        """
        return frequent_values(self.rows_now().lazy_snapshot(), column, shown_as)

    def first_rows(self: SnapshotTable, orders: Sequence[Order], count: int) -> WindowRows:
        """Return the first rows in an order, as they stand; any thread."""
        snapshot = self.rows_now().lazy_snapshot()
        slots = sorted_slots(snapshot, orders)[:count].tolist()
        return WindowRows(
            snapshot.schema,
            snapshot.kinds,
            len(snapshot),
            0,
            tuple([snapshot.key(slot) for slot in slots]),
            tuple([snapshot.row(slot) for slot in slots]),
        )
