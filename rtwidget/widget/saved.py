"""The picture of a table that is saved with the cell's output."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Final

from rtwidget.errors import NotReadyError
from rtwidget.feed.handle import TableHandle
from rtwidget.replica.lifecycle import State
from rtwidget.store.ordering import Order
from rtwidget.view.query import LocalQuery, WindowRows
from rtwidget.view.view_query import ViewQuery
from rtwidget.widget.static_table import About, static_table

FIRST_ROWS_S: Final = 0.5
"""How long showing a table may wait for its first rows; most tables have them sooner, and the view is drawn after that."""

ORDER_S: Final = 1.0
"""How long putting the rows in order may take; a table so large that it takes longer is shown without a picture."""


class SavedTable:
    """Any thread but the loop thread.

    Args:
        handle: The table.
        orders: The order of the rows.
        most_rows: How many rows are saved; 0 for none.
    """

    def __init__(self, handle: TableHandle, orders: Sequence[Order], most_rows: int) -> None:
        self._handle = handle
        self._orders = tuple(orders)
        self._most_rows = most_rows
        self._looking: asyncio.Task[None] | None = None

    def html(self) -> str | None:
        """Return the first rows as they stand, or None when none may be saved or none came soon."""
        if self._most_rows == 0 or self._handle.closed:
            return None
        try:
            self._handle.wait(self._something, FIRST_ROWS_S, "The first rows")
            rows = self._rows().result(ORDER_S)
        except (NotReadyError, TimeoutError):
            return None
        status = self._handle.status
        columns = list(zip(rows.schema.names, rows.kinds, strict=True))
        about = About(self._handle.title, rows.total, str(status.state), status.verified_at)
        return static_table(about, columns, rows.rows)

    def _something(self) -> bool | None:
        status = self._handle.status
        there = status.rows > 0 or status.verified_at is not None or status.state is State.FAILED
        return True if there else None

    def _rows(self) -> Future[WindowRows]:
        found: Future[WindowRows] = Future()

        async def look() -> None:
            try:
                query = LocalQuery(self._handle, ViewQuery(self._orders), lambda: None)
                found.set_result(await query.window(0, self._most_rows))
            except BaseException as error:
                found.set_exception(error)
                raise

        def begin() -> None:
            self._looking = asyncio.get_running_loop().create_task(look())

        self._handle.call(begin)
        return found
