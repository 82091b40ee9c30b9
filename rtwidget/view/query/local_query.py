"""The rows of one view over rows that are kept here.

Cells are always current: the rows of a window are looked up when a frame is made. Only the *order* may be a little old.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import numpy as np

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, key_of
from rtwidget.store.snapshot import Slots
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.query.background_order import BackgroundOrder
from rtwidget.view.query.snapshot_table import SnapshotRows, SnapshotTable
from rtwidget.view.query.view_query import Anchor, ViewQuery

_YIELD_S: Final = 0.001
"""How long a window waits for an order that is being made on another thread."""


class LocalQuery:
    """Answers one view of a table (a `RowQuery`); loop thread only.

    Args:
        table: The table.
        query: What the view asks to begin with.
        reordered: Called when there is another order, so that the view asks again.
        still: Whether the rows keep their order until the view asks for another; new ones wait, and cells stay current.
    """

    def __init__(
        self,
        table: SnapshotTable,
        query: ViewQuery,
        reordered: Callable[[], None],
        *,
        still: bool = False,
    ) -> None:
        self._table = table
        self._order = BackgroundOrder(table, query, reordered)
        self.still = still

    def ask(self, query: ViewQuery) -> None:
        """Show other rows or another order, at once."""
        self._order.ask(query)

    def forget(self) -> None:
        """Make the order anew, at once: other rows, or another order."""
        self._order.forget()

    def changed(self, delta: Delta) -> None:
        """Note what changed; only some changes touch the order."""
        self._order.changed(delta)

    def close(self) -> None:
        """Stop making orders."""
        self._order.close()

    async def window(self, first: int, count: int, anchor: Anchor | None = None) -> WindowRows:
        """Return the rows of a window as they are now; near the end, the last ones.

        Args:
            first: Where the window begins.
            count: How many rows it has.
            anchor: A row that is to stay where it is on the screen: the window moves as far as it did.
        """
        await self._order.prepare(still=self.still)
        if self._order.is_being_made:
            # Who asks for windows without a pause would keep the interpreter's lock from the thread that makes the order.
            await asyncio.sleep(_YIELD_S)
        while True:
            shown, rows_now = self._order.shown, self._table.rows_now()
            total = len(shown.slots)
            anchor_place = None if anchor is None else self._place_of(anchor.key)
            if anchor is not None and anchor_place is not None:
                first = max(0, first + anchor_place - anchor.place)
                # Once is enough: the loop may come round again, with a window that has moved already.
                anchor = None
            first = min(first, max(0, total - count))
            slots = shown.slots[first : first + count].tolist()
            rows = rows_now.rows_at(shown.snapshot, slots)
            if rows is not None:
                break
            # The table was paused or closed meanwhile: it shows other rows now, and for good.
            await self._order.make_anew()
        # A row that went since the order was made leaves no gap.
        there = tuple([row for row in rows if row is not None])
        # Before its first row a table may not even know its key.
        positions = rows_now.schema.key_positions if there else ()
        return WindowRows(
            rows_now.schema,
            rows_now.kinds,
            total,
            first,
            tuple([key_of(row, positions) for row in there]),
            there,
            anchor_place,
        )

    @property
    def rows(self) -> SnapshotRows:
        """The rows that are shown here, for looking up."""
        return self._table.rows_now()

    def between(self, start: Key, end: Key | int, most: int) -> tuple[int, tuple[Key, ...]]:
        """Return how many rows stand from one to another, both included, and their keys unless there are more than `most`.

        Args:
            start: The key of a row; when it is gone, the other one stands alone.
            end: The key of a row, or its place.
            most: How many keys are wanted at most.
        """
        slots = self._slots_between(start, end)
        if len(slots) > most:
            return len(slots), ()
        snapshot = self._order.shown.snapshot
        return len(slots), tuple([snapshot.key(slot) for slot in slots.tolist()])

    def _slots_between(self, start: Key, end: Key | int) -> Slots:
        slots = self._order.shown.slots
        last = end if isinstance(end, int) else self._place_of(end)
        if last is None:
            return slots[:0]
        first = self._place_of(start)
        low, high = sorted((last if first is None else first, last))
        return slots[low : high + 1]

    def _place_of(self, key: Key) -> int | None:
        shown = self._order.shown
        slot = self._table.rows_now().slot_of(shown.snapshot, key)
        places = [] if slot is None else np.flatnonzero(shown.slots == slot).tolist()
        return places[0] if places else None
