"""Choosing rows: some by name, or all from one to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rtwidget.replica.keys import Key
from rtwidget.store.cells.kinds import as_written
from rtwidget.view.grid_rows import GridRows, RowQuery
from rtwidget.view.messages.cell_texts import decode_key
from rtwidget.view.messages.row_messages import MOST_SELECTED, Span


class BrowserKeys:
    """Reads the keys that a browser names; loop thread only.

    Args:
        table: The table.
        send: Sends a message to the browser; returns at once.
    """

    def __init__(self, table: GridRows, send: Callable[[dict[str, Any]], None]) -> None:
        self._table = table
        self._send = send

    def key(self, text: str) -> Key | None:
        """Return the key that travelled as this text, or None when it cannot be one."""
        rows = self._table.rows_now()
        columns = zip(rows.schema.columns, rows.kinds, strict=True)
        # A key is looked up as the database wrote it, whatever kind it is shown as.
        kinds = {column.name: as_written(column, kind) for column, kind in columns}
        return decode_key(text, [kinds[name] for name in rows.schema.key])

    def keys(self, texts: Sequence[str]) -> tuple[Key, ...]:
        """Return the keys that travelled as these texts, without those that cannot be any."""
        keys = [self.key(text) for text in texts]
        return tuple([key for key in keys if key is not None])

    def span(self, asked: Span, query: RowQuery) -> tuple[Key, ...] | None:
        """Return the rows from one to another, or None, with a word to the view, where they are too many.

        Args:
            asked: Which ones.
            query: The rows that the view shows, in its order.
        """
        start = self.key(asked.start)
        # Of a row that never came to it, the view knows only the place.
        end = asked.end.place if asked.end.key is None else self.key(asked.end.key)
        if start is None or end is None:
            return None
        count, keys = query.between(start, end, MOST_SELECTED)
        if count <= MOST_SELECTED:
            return keys
        reply = {"kind": "error", "view": asked.view, "id": asked.id}
        message = f"These are {count:,} rows, and at most {MOST_SELECTED:,} can be chosen."
        hint = "Filter the table first, or take the rows from `t.df` in Python."
        self._send({**reply, "message": message, "hint": hint})
        return None
