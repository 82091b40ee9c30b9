"""Which rows stand where in a view: today over local rows, later perhaps the database itself (design section 2).

Cells are always current: the rows of a window are looked up when a frame is made. Only the *order* may be a little old: on big tables
it is made anew beside the frames, at a rate that takes a bounded share of the time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from time import thread_time
from typing import Final

import numpy as np

from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key, key_of
from rtwidget.store.snapshot import Slots
from rtwidget.view.frames.window import RowsNow, Table, WindowRows
from rtwidget.view.query.arrangement import NOTHING, Arrangement, arrange
from rtwidget.view.query.view_query import Anchor, ViewQuery

_ORDER_HERE_ROWS: Final = 2_000
"""Below this, making the order costs less than handing it to another thread."""
_ORDER_SHARE: Final = 0.2
"""The share of the time that making the order anew may take."""
_ORDER_GAP_S: Final = 0.2
"""Between two orders of a big table, however cheap they are: rows that move more often cannot be read."""
_ROOM_S: Final = 0.001
"""How long a window waits to leave room for the order that is being made."""
_log = logging.getLogger("rtwidget")


class LocalQuery:
    """Answers one view of a table; loop thread only.

    Args:
        table: The table.
        query: What the view asks to begin with.
        reordered: Called when there is another order, so that the view asks again.
        still: Whether the rows keep their order until the view asks for another; new ones wait, and cells stay current.
    """

    def __init__(
        self,
        table: Table,
        query: ViewQuery,
        reordered: Callable[[], None],
        *,
        still: bool = False,
    ) -> None:
        self._table = table
        self._query = query
        self._reordered = reordered
        self._shown = NOTHING
        self._stale = True
        self._at_once = True
        self.still = still
        self._refreshing: asyncio.Task[None] | None = None
        self._making = asyncio.Lock()

    def ask(self, query: ViewQuery) -> None:
        """Show other rows or another order, at once."""
        self._query = query
        self.forget()

    def forget(self) -> None:
        """Make the order anew, at once: other rows, or another order."""
        self._stale = self._at_once = True

    def changed(self, delta: Delta) -> None:
        """Note what changed; only some changes touch the order."""
        self._stale = self._stale or self._touches(delta)

    def _touches(self, delta: Delta) -> bool:
        if delta.inserted or delta.removed or self._query.search:
            return True
        names = [order.column for order in self._query.orders]
        names += [one.column for one in self._query.filters]
        known = self._table.rows_now().schema.names
        watched = {known.index(name) for name in names if name in known}
        return any(not changed or changed & watched for changed in delta.updated.values())

    def close(self) -> None:
        """Stop making orders."""
        if self._refreshing is not None:
            self._refreshing.cancel()

    async def window(self, first: int, count: int, anchor: Anchor | None = None) -> WindowRows:
        """Return the rows of a window as they are now; near the end, the last ones.

        Args:
            first: Where the window begins.
            count: How many rows it has.
            anchor: A row that is to stay where it is on the screen: the window moves as far as it did.
        """
        due = self._stale and not self.still
        if self._at_once or (due and len(self._shown.slots) < _ORDER_HERE_ROWS):
            await self._arrange()
        elif due and self._refreshing is None:
            self._refreshing = asyncio.get_running_loop().create_task(self._refresh())
            self._refreshing.add_done_callback(self._refreshed)
        if self._making.locked():
            # Who asks for windows without a pause would keep the interpreter's lock from the thread that makes the order.
            await asyncio.sleep(_ROOM_S)
        while True:
            shown, rows_now = self._shown, self._table.rows_now()
            total = len(shown.slots)
            anchor_place = None if anchor is None else self._place_of(anchor.key)
            if anchor is not None and anchor_place is not None:
                first = max(0, first + anchor_place - anchor.place)
                anchor = None
            first = min(first, max(0, total - count))
            slots = shown.slots[first : first + count].tolist()
            rows = rows_now.rows_at(shown.snapshot, slots)
            if rows is not None:
                break
            # The table was paused or closed meanwhile: it shows other rows now, and for good.
            self.forget()
            await self._arrange()
        # A row that went since the order was made leaves no gap.
        there = tuple([row for row in rows if row is not None])
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
    def rows(self) -> RowsNow:
        """The rows that are shown here, for looking up."""
        return self._table.rows_now()

    def span(self, start: Key, end: Key | int) -> Slots:
        """Return where the rows from one to another stand, both included; see `keys_at`.

        Args:
            start: The key of a row; when it is gone, the other one stands alone.
            end: The key of a row, or its place.
        """
        last = end if isinstance(end, int) else self._place_of(end)
        if last is None:
            return self._shown.slots[:0]
        first = self._place_of(start)
        low, high = sorted((last if first is None else first, last))
        return self._shown.slots[low : high + 1]

    def keys_at(self, slots: Slots) -> tuple[Key, ...]:
        """Return the keys of the rows that stood there when the order was made."""
        return tuple([self._shown.snapshot.key(slot) for slot in slots.tolist()])

    def _place_of(self, key: Key) -> int | None:
        slot = self._table.rows_now().slot_of(self._shown.snapshot, key)
        places = [] if slot is None else np.flatnonzero(self._shown.slots == slot).tolist()
        return places[0] if places else None

    async def _refresh(self) -> None:
        """Make the order anew beside the frames, then rest for four times as long as that took the processor."""
        took_s = await self._arrange()
        self._reordered()
        await asyncio.sleep(max(_ORDER_GAP_S, took_s * (1 / _ORDER_SHARE - 1)))

    def _refreshed(self, task: asyncio.Task[None]) -> None:
        self._refreshing = None
        if not task.cancelled() and task.exception() is not None:
            _log.error(
                "An order could not be made by a fault of rtwidget.", exc_info=task.exception()
            )
        elif self._stale and not task.cancelled():
            self._reordered()

    async def _arrange(self) -> float:
        """Make the order anew if it is stale; return the processor time that it took, in seconds."""
        async with self._making:
            if not self._stale:
                return 0.0
            self._stale = self._at_once = False
            if self._shown is not NOTHING and len(self._shown.slots) < _ORDER_HERE_ROWS:
                self._shown, took_s = _made(self._table, self._query, self._shown)
            else:
                self._shown, took_s = await asyncio.to_thread(
                    _made, self._table, self._query, self._shown
                )
            return took_s


def _made(table: Table, query: ViewQuery, before: Arrangement) -> tuple[Arrangement, float]:
    # Not the time on the clock: beside a busy cell most of that is waiting for the interpreter's lock.
    began = thread_time()
    shown = arrange(table.rows_now().lazy_snapshot(), query, before)
    return shown, thread_time() - began
