"""Which rows stand where in a view: today sorted local snapshots, later perhaps the database itself (design section 2)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from rtwidget.store.ordering import Order, sorted_places
from rtwidget.store.snapshot import EMPTY, Snapshot

# Below this, sorting costs less than handing it to another thread.
_SORT_HERE_ROWS = 2_000


class LocalQuery:
    """Answers views from the table's snapshots; loop thread only.

    Args:
        snapshot: Returns the rows as they stand.
        orders: The order to begin with.
    """

    def __init__(self, snapshot: Callable[[], Snapshot], orders: Sequence[Order]) -> None:
        self._snapshot = snapshot
        self._orders = tuple(orders)
        self._sorted = EMPTY
        self._sorted_by: tuple[Snapshot, tuple[Order, ...]] | None = None
        self._sorting = asyncio.Lock()

    def sort(self, orders: Sequence[Order]) -> None:
        """Show the rows in another order from now on."""
        self._orders = tuple(orders)

    async def rows(self) -> Snapshot:
        """Return all rows in the view's order; several views share one answer."""
        async with self._sorting:
            snapshot, orders = self._snapshot(), self._orders
            if self._sorted_by != (snapshot, orders):
                if not orders:
                    self._sorted = snapshot
                elif len(snapshot) < _SORT_HERE_ROWS:
                    self._sorted = in_order(snapshot, orders)
                else:
                    self._sorted = await asyncio.to_thread(in_order, snapshot, orders)
                self._sorted_by = (snapshot, orders)
            return self._sorted


def in_order(snapshot: Snapshot, orders: Sequence[Order]) -> Snapshot:
    """Return a snapshot's rows sorted."""
    return snapshot.reordered(sorted_places(snapshot, orders)) if orders else snapshot
