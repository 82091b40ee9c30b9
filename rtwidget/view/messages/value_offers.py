"""Answers to somebody who is about to choose from the values of a column."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from rtwidget.view.grid_rows import GridRows
from rtwidget.view.messages.query_message import shown_as_of
from rtwidget.view.messages.row_messages import Values


class ValueOffers:
    """Answers requests for the values of a column; of several the latest. Loop thread only.

    Args:
        table: The rows.
        send: Sends a message to the browser; returns at once.
    """

    def __init__(self, table: GridRows, send: Callable[[dict[str, Any]], None]) -> None:
        self._table = table
        self._send = send
        self._task: asyncio.Task[None] | None = None

    def offer(self, wanted: Values) -> None:
        """Tell the values soon; counting them all must not hold up the loop."""
        # Whoever asks again has closed the list that the first answer was for.
        self.close()
        self._task = asyncio.get_running_loop().create_task(self._answer(wanted))

    def close(self) -> None:
        """Answer nothing more."""
        if self._task is not None:
            self._task.cancel()

    async def _answer(self, wanted: Values) -> None:
        shown_as = shown_as_of(wanted.shown_as)
        # Beside the loop: to count a column of a big table takes longer than a frame may wait.
        values = await asyncio.to_thread(self._table.frequent_values, wanted.column, shown_as)
        answer = {"kind": "values", "view": wanted.view, "id": wanted.id}
        self._send({**answer, "column": wanted.column, "values": values})
