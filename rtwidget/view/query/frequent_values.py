"""The most frequent values of a column, for a filter to choose from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from rtwidget.view.frames.window import Table
from rtwidget.view.messages.browser_messages import Values
from rtwidget.view.messages.cell_texts import encode
from rtwidget.view.messages.query_message import shown_as_of
from rtwidget.view.query.distinct import distinct
from rtwidget.view.query.view_query import DATABASES_WAY, ShownAs

MOST_OFFERED: Final = 50
"""More values than this nobody reads in a list; typing finds the others."""

CountedValue = tuple[str | bool | None, int]


def frequent_values(
    table: Table, column: str, shown_as: ShownAs = DATABASES_WAY
) -> list[CountedValue]:
    """Return values as a view shows them and how many rows have them, the most frequent first. Any thread.

    Args:
        table: The rows; all of them count, whatever a view shows.
        column: The column's name; a table that does not have it has no values either.
        shown_as: How the view draws its cells.
    """
    snapshot = table.rows_now().lazy_snapshot()
    names = snapshot.schema.names
    if column not in names:
        return []
    counted = distinct(snapshot, names.index(column), MOST_OFFERED, shown_as)
    return [(encode(cell), rows) for cell, rows in counted]


class Offers:
    """Answers requests for the values of a column; of several the latest. Loop thread only.

    Args:
        table: The rows.
        send: Sends a message to the browser; returns at once.
    """

    def __init__(self, table: Table, send: Callable[[dict[str, Any]], None]) -> None:
        self._table = table
        self._send = send
        self._task: asyncio.Task[None] | None = None

    def offer(self, wanted: Values) -> None:
        """Tell the values soon; counting them all must not hold up the loop."""
        self.close()
        self._task = asyncio.get_running_loop().create_task(self._answer(wanted))

    def close(self) -> None:
        """Answer nothing more."""
        if self._task is not None:
            self._task.cancel()

    async def _answer(self, wanted: Values) -> None:
        shown_as = shown_as_of(wanted.shown_as)
        values = await asyncio.to_thread(frequent_values, self._table, wanted.column, shown_as)
        answer = {"kind": "values", "view": wanted.view, "id": wanted.id}
        self._send({**answer, "column": wanted.column, "values": values})
