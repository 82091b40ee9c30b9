"""The order of a view's rows: on a big table it is made beside the frames, at a rate that takes a bounded share of the time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from time import thread_time
from typing import Final

from rtwidget.replica.delta import Delta
from rtwidget.view.query.arrangement import NOTHING, Arrangement, arrange
from rtwidget.view.query.snapshot_table import SnapshotTable
from rtwidget.view.query.view_query import ViewQuery

_ORDER_HERE_ROWS: Final = 2_000
"""Below this, making the order costs less than handing it to another thread."""
_ORDER_SHARE: Final = 0.2
"""The share of the time that making the order anew may take."""
_ORDER_GAP_S: Final = 0.2
"""Between two orders of a big table, however cheap they are: rows that move more often cannot be read."""
_log = logging.getLogger("rtwidget")


class BackgroundOrder:
    """The order of one view, and when it is made anew. Loop thread only; big tables are sorted on threads of asyncio's.

    Args:
        table: The table.
        query: What the view asks to begin with.
        reordered: Called when there is another order.

    Attributes:
        shown: The newest order.
    """

    def __init__(
        self, table: SnapshotTable, query: ViewQuery, reordered: Callable[[], None]
    ) -> None:
        self._table = table
        self._query = query
        self._reordered = reordered
        self.shown = NOTHING
        self._stale = True
        self._at_once = True
        self._refreshing: asyncio.Task[None] | None = None
        self._making = asyncio.Lock()

    def ask(self, query: ViewQuery) -> None:
        """Order other rows, or in another order, at once."""
        self._query = query
        self.forget()

    def forget(self) -> None:
        """Have the order made anew at once."""
        self._stale = self._at_once = True

    def changed(self, delta: Delta) -> None:
        """Note what changed; only some changes touch the order."""
        self._stale = self._stale or self._touches(delta)

    @property
    def is_being_made(self) -> bool:
        """Whether an order is being made now."""
        return self._making.locked()

    async def prepare(self, *, still: bool) -> None:
        """Make the order now where it has to be right at once or costs little; else begin to make it beside the frames.

        Args:
            still: Whether the order stays as it is, though rows changed.
        """
        due = self._stale and not still
        if self._at_once or (due and len(self.shown.slots) < _ORDER_HERE_ROWS):
            await self._arrange()
        elif due and self._refreshing is None:
            self._refreshing = asyncio.get_running_loop().create_task(self._refresh())
            self._refreshing.add_done_callback(self._refreshed)

    async def make_anew(self) -> None:
        """Make the order of other rows, at once."""
        self.forget()
        await self._arrange()

    def close(self) -> None:
        """Stop making orders."""
        if self._refreshing is not None:
            self._refreshing.cancel()

    def _touches(self, delta: Delta) -> bool:
        # A search looks at every column, so whatever changed may matter to it.
        if delta.inserted or delta.removed or self._query.search:
            return True
        names = [order.column for order in self._query.orders]
        names += [one.column for one in self._query.filters]
        known = self._table.rows_now().schema.names
        watched = {known.index(name) for name in names if name in known}
        # A change that names no columns may have been in these.
        return any(not changed or changed & watched for changed in delta.updated.values())

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
        # Changes that came while it rested have waited for this.
        elif self._stale and not task.cancelled():
            self._reordered()

    async def _arrange(self) -> float:
        """Make the order anew if it is stale; return the processor time that it took, in seconds."""
        async with self._making:
            if not self._stale:
                return 0.0
            # Before the rows are read: what changes from now on makes the order stale again.
            self._stale = self._at_once = False
            # The first time nobody knows yet how many rows there are to sort.
            if self.shown is not NOTHING and len(self.shown.slots) < _ORDER_HERE_ROWS:
                self.shown, took_s = _made(self._table, self._query, self.shown)
            else:
                self.shown, took_s = await asyncio.to_thread(
                    _made, self._table, self._query, self.shown
                )
            return took_s


def _made(table: SnapshotTable, query: ViewQuery, before: Arrangement) -> tuple[Arrangement, float]:
    # Not the time on the clock: beside a busy cell most of that is waiting for the interpreter's lock.
    began = thread_time()
    shown = arrange(table.rows_now().lazy_snapshot(), query, before)
    return shown, thread_time() - began
