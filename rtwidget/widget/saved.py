"""The picture of a table that is saved with the cell's output."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from rtwidget.errors import NotReadyError
from rtwidget.feed.handle import TableHandle
from rtwidget.replica.lifecycle import State
from rtwidget.store.ordering import Order, sorted_slots
from rtwidget.widget.static_numbers import drawn_kinds
from rtwidget.widget.static_table import About, static_line, static_table

TABLE_MIME_TYPE: Final = "application/vnd.rtwidget.table+json"
"""Marks an output with a saved picture for the JupyterLab extension, which shows it where there is no kernel (js/src/lab)."""
FIRST_ROWS_S: Final = 0.5
"""How long showing a table may wait for its first rows; most tables have them sooner, and the view is drawn after that."""


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

    def html(self) -> str:
        """Return the first rows as they stand, or one line when none may be saved or none came soon."""
        if self._most_rows == 0:
            return static_line(self._handle.title, "its rows are not saved")
        try:
            if not self._handle.closed:
                self._handle.wait(self._something, FIRST_ROWS_S, "The first rows")
        except NotReadyError:
            why = f"it had no rows yet when it was shown ({self._handle.status.state})"
            return static_line(self._handle.title, why)
        status, snapshot = self._handle.status, self._handle.snapshot()
        slots = sorted_slots(snapshot, self._orders)[: self._most_rows].tolist()
        rows = [snapshot.row(slot) for slot in slots]
        kinds = drawn_kinds(snapshot.schema, snapshot.kinds, rows)
        columns = list(zip(snapshot.schema.names, kinds, strict=True))
        # A table that is shown by the cell that made it is hardly ever verified yet.
        as_of, verified = status.verified_at or datetime.now(UTC), status.verified_at is not None
        about = About(self._handle.title, len(snapshot), str(status.state), as_of, verified)
        return static_table(about, columns, rows)

    def _something(self) -> bool | None:
        status = self._handle.status
        there = status.rows > 0 or status.verified_at is not None or status.state is State.FAILED
        return True if there else None
