"""The picture of a table that is saved with the cell's output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from rtwidget.errors import NotReadyError
from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import State
from rtwidget.store.order.ordering import Order
from rtwidget.view.grid_table import GridTable
from rtwidget.widget.picture.static_numbers import drawn_columns
from rtwidget.widget.picture.static_table import About, static_line, static_table

TABLE_MIME_TYPE: Final = "application/vnd.rtwidget.table+json"
"""Marks an output with a saved picture for the JupyterLab extension, which shows it where there is no kernel (js/src/lab)."""
FIRST_ROWS_S: Final = 0.5
"""How long showing a table may wait for its first rows; most tables have them sooner, and the view is drawn after that."""
ALL_ROWS_S: Final = 30.0
"""How long it may wait for all rows where nobody watches them come: as long as `t.df` does."""


class SavedPicture:
    """The picture of one table, taken whenever it is asked for. Any thread but the loop thread.

    Args:
        table: The table.
        orders: The order of the rows.
        most_rows: How many rows are saved; 0 for none.
        formats: How numbers of a column are written.
    """

    def __init__(
        self,
        table: GridTable,
        orders: Sequence[Order],
        most_rows: int,
        formats: Mapping[str, str],
    ) -> None:
        self._table = table
        self._orders = tuple(orders)
        self._most_rows = most_rows
        self._formats = formats

    def wait(self, *, for_all: bool = False) -> None:
        """Wait for the first rows, or for all of them, but not for long; nor for what is not going to come.

        Args:
            for_all: Whether nobody watches, so that rows which come later would not be seen.
        """
        if self._most_rows == 0 or self._table.closed:
            return
        look, most_s = (self._whole, ALL_ROWS_S) if for_all else (self._something, FIRST_ROWS_S)
        # The picture says what was missing.
        with suppress(NotReadyError):
            self._table.wait(look, most_s, "The picture")

    @property
    def fingerprint(self) -> tuple[Status, int]:
        """What a picture depends on: another one is worth taking when this is another."""
        return self._table.status, self._table.revision

    def html(self) -> str:
        """Return the first rows as they stand, or one line when none may be saved or none are there."""
        # The situation is read first, so that it never promises more than the rows hold.
        status = self._table.status
        if self._most_rows == 0:
            return static_line(self._table.title, "its rows are not saved")
        first = self._table.first_rows(self._orders, self._most_rows)
        if status.verified_at is None and first.total == 0:
            said = "" if status.error is None else f": {status.error.message}"
            why = f"it had no rows yet when it was shown ({status.state}{said})"
            return static_line(self._table.title, why)
        drawn = drawn_columns(first.schema, first.kinds, first.rows, self._formats)
        columns = list(zip(first.schema.names, drawn, strict=True))
        about = About(
            title=self._table.title,
            total=first.total,
            state=str(status.state),
            taken_at=datetime.now(UTC),
            verified_at=status.verified_at,
        )
        return static_table(about, columns, first.rows)

    def _something(self) -> bool | None:
        return True if self._table.status.rows > 0 else self._whole()

    def _whole(self) -> bool | None:
        status = self._table.status
        return True if status.verified_at is not None or status.state is State.FAILED else None
