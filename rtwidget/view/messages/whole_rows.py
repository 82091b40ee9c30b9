"""Rows with nothing cut: one that somebody looks at alone, or those that somebody copies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final

from rtwidget.replica.keys import Key, Row
from rtwidget.view.grid_rows import RowLookup
from rtwidget.view.messages.cell_texts import MOST_WHOLE_TEXT, encode
from rtwidget.view.messages.row_messages import Copy, WholeRow

MOST_COPIED_TEXT: Final = 20_000_000
"""Characters that may be copied at once; more would make the page and its clipboard slow."""
_ROWS_AT_ONCE: Final = 200
"""Rows that are read before the loop does something else: a few ms."""

Cells = list[str | bool | None]


class WholeRows:
    """Answers requests for whole rows; of several copies the latest. Loop thread only.

    Args:
        send: Sends a message to the browser; returns at once.
    """

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self._send = send
        self._copying: asyncio.Task[None] | None = None

    def show(self, asked: WholeRow, key: Key | None, rows: RowLookup) -> None:
        """Tell one row, or that it is not there."""
        row = None if key is None else rows.row(key)
        cells = None if row is None else whole(row, range(len(row)))
        answer = {"kind": "row", "view": asked.view, "id": asked.id}
        self._send({**answer, "key": asked.key, "cells": cells})

    def copy(self, asked: Copy, keys: Sequence[Key], rows: RowLookup) -> None:
        """Tell soon what is copied; reading many rows must not hold up the loop."""
        self.close()
        self._copying = asyncio.get_running_loop().create_task(self._copy(asked, keys, rows))

    def close(self) -> None:
        """Answer no copy any more."""
        if self._copying is not None:
            self._copying.cancel()

    async def _copy(self, asked: Copy, keys: Sequence[Key], rows: RowLookup) -> None:
        answer: dict[str, Any] = {"kind": "copied", "view": asked.view, "id": asked.id}
        names = rows.schema.names
        positions = [names.index(name) for name in asked.columns if name in names]
        copied: list[Cells] = []
        characters = 0
        for first in range(0, len(keys), _ROWS_AT_ONCE):
            there = [rows.row(key) for key in keys[first : first + _ROWS_AT_ONCE]]
            # Cut only where the copy is refused: half of a value would be pasted as if it were one.
            some = [whole(row, positions, MOST_COPIED_TEXT + 1) for row in there if row is not None]
            copied += some
            characters += sum(len(cell) for row in some for cell in row if isinstance(cell, str))
            if characters > MOST_COPIED_TEXT:
                self._send({**answer, "rows": None})
                return
            # Frames leave between two portions.
            await asyncio.sleep(0)
        self._send({**answer, "rows": copied})


def whole(row: Row, positions: Sequence[int], most_text: int = MOST_WHOLE_TEXT) -> Cells:
    """Return some cells of a row for the browser, each cut after so many characters."""
    return [encode(row[position], most_text) for position in positions]
