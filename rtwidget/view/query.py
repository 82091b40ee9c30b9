"""Which rows stand where in a view: today over local rows, later perhaps the database itself (design section 2).

Cells are always current: the rows of a window are looked up when a frame is made. Only the *order* may be a little old: on big tables
it is made anew at a rate that takes a bounded share of the time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final, Protocol

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads import Delta
from rtwidget.replica.schema import Schema
from rtwidget.store.kinds import Kind
from rtwidget.store.ordering import Order, sorted_places
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.view_query import Anchor, ViewQuery

_SORT_HERE_ROWS: Final = 2_000
"""Below this, sorting costs less than handing it to another thread."""
_ORDER_SHARE: Final = 0.2
"""The share of the time that making the order anew may take."""


class RowsNow(Protocol):
    """Rows as they stand, looked up by key; loop thread only."""

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


class Table(Protocol):
    """What a view reads of a table."""

    def snapshot(self) -> Snapshot:
        """Return all rows; any thread."""
        ...

    def rows_now(self) -> RowsNow:
        """Return the rows for looking up; loop thread only."""
        ...


@dataclass(frozen=True, slots=True)
class WindowRows:
    """The rows of one window.

    Args:
        schema: The columns and the key.
        kinds: The kind of each column.
        total: How many rows there are in the view's order.
        first: Where the window begins.
        keys: The keys of its rows.
        rows: Its rows.
        anchor_place: Where the anchor row stands now, or None without one or when it is gone.
    """

    schema: Schema
    kinds: tuple[Kind, ...]
    total: int
    first: int
    keys: tuple[Key, ...]
    rows: tuple[Row, ...]
    anchor_place: int | None = None


class LocalQuery:
    """Answers one view of a table; loop thread only.

    Args:
        table: The table.
        query: What the view asks to begin with.
        reordered: Called when an order that had to wait may be made, so that views ask again.
    """

    def __init__(self, table: Table, query: ViewQuery, reordered: Callable[[], None]) -> None:
        self._table = table
        self._orders = query.orders
        self._reordered = reordered
        self._keys: tuple[Key, ...] = ()
        self._stale = True
        self._not_before = 0.0
        self._waking: asyncio.TimerHandle | None = None
        self._making = asyncio.Lock()

    def ask(self, query: ViewQuery) -> None:
        """Show other rows or another order, at once."""
        self._orders = query.orders
        self.forget()

    def forget(self) -> None:
        """Make the order anew, at once: other rows, or another order."""
        self._stale = True
        self._not_before = 0.0

    def changed(self, delta: Delta) -> None:
        """Note what changed; only some changes touch the order."""
        if self._stale or delta.inserted or delta.removed:
            self._stale = True
            return
        names = self._table.rows_now().schema.names
        sorted_by = {names.index(order.column) for order in self._orders if order.column in names}
        self._stale = any(not changed or changed & sorted_by for changed in delta.updated.values())

    async def window(self, first: int, count: int, anchor: Anchor | None = None) -> WindowRows:
        """Return the rows of a window as they are now; near the end, the last ones.

        Args:
            first: Where the window begins.
            count: How many rows it has.
            anchor: A row that is to stay where it is on the screen: the window moves as far as it did.
        """
        async with self._making:
            if self._stale and self._may_order():
                await self._order()
        rows_now = self._table.rows_now()
        total = len(self._keys)
        anchor_place = None
        if anchor is not None and anchor.key in self._keys:
            anchor_place = self._keys.index(anchor.key)
            first = max(0, first + anchor_place - anchor.place)
        first = min(first, max(0, total - count))
        found = [(key, rows_now.row(key)) for key in self._keys[first : first + count]]
        # A row that went since the order was made leaves no gap.
        there = [(key, row) for key, row in found if row is not None]
        return WindowRows(
            rows_now.schema,
            rows_now.kinds,
            total,
            first,
            tuple([key for key, _ in there]),
            tuple([row for _, row in there]),
            anchor_place,
        )

    def _may_order(self) -> bool:
        loop = asyncio.get_running_loop()
        wait_s = self._not_before - loop.time()
        if wait_s > 0 and self._waking is None:
            self._waking = loop.call_later(wait_s, self._wake)
        return wait_s <= 0

    def _wake(self) -> None:
        self._waking = None
        self._reordered()

    async def _order(self) -> None:
        self._stale = False
        began = perf_counter()
        if len(self._keys) < _SORT_HERE_ROWS:
            snapshot = self._table.snapshot()
        else:
            snapshot = await asyncio.to_thread(self._table.snapshot)
        if len(snapshot) < _SORT_HERE_ROWS:
            self._keys = ordered_keys(snapshot, self._orders)
        else:
            self._keys = await asyncio.to_thread(ordered_keys, snapshot, self._orders)
        took_s = perf_counter() - began
        self._not_before = asyncio.get_running_loop().time() + took_s * (1 / _ORDER_SHARE - 1)


def ordered_keys(snapshot: Snapshot, orders: Sequence[Order]) -> tuple[Key, ...]:
    """Return the keys of a snapshot's rows, sorted."""
    if not orders:
        return snapshot.keys
    return tuple([snapshot.keys[place] for place in sorted_places(snapshot, orders)])
