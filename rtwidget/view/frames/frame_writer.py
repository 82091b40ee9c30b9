"""Frames: a whole window of rows as one message for the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.frames.window_changes import ChangedRows
from rtwidget.view.messages.cell_texts import encode_key, encode_rows


class FrameWriter:
    """Writes the frames of one view, and remembers which rows its keys stand for.

    Args:
        view: The view's name.
    """

    def __init__(self, view: str) -> None:
        self._view = view
        self._shape: tuple[Schema, tuple[Kind, ...]] | None = None
        self._columns_seq = 0
        self._keys: dict[str, Key] = {}
        self._keys_before: dict[str, Key] = {}

    @property
    def keys(self) -> dict[str, Key]:
        """The rows of the last two frames by their keys as they travelled; a request may speak of either."""
        return self._keys_before | self._keys

    def forget_columns(self) -> None:
        """Send the columns again, because the view may have lost them."""
        self._shape = None

    def frame(
        self, rows: WindowRows, changed: ChangedRows, seq: int, answers: int, acked: int
    ) -> dict[str, Any]:
        """Return a frame without its status.

        Args:
            rows: Its rows.
            changed: What changed since the frame before.
            seq: Its number.
            answers: The highest request that it answers.
            acked: The last frame that the view painted.
        """
        keys = [encode_key(key) for key in rows.keys]
        self._keys_before, self._keys = self._keys, dict(zip(keys, rows.keys, strict=True))
        frame = {
            "kind": "frame",
            "view": self._view,
            "seq": seq,
            "answers": answers,
            "first": rows.first,
            "total": rows.total,
            "rows": encode_rows(rows.rows),
            "keys": keys,
            "changed": _changed(rows.keys, changed),
        }
        # Most frames have neither, and a field that is not there costs the page nothing.
        if changed.new:
            frame["new"] = [place for place, key in enumerate(rows.keys) if key in changed.new]
        if changed.gone:
            frame["gone"] = [encode_key(key) for key in changed.gone]
        shape = (rows.schema, rows.kinds)
        if shape != self._shape or acked < self._columns_seq:
            # The trait `columns` may come later than this frame, so a frame brings its own until one was painted.
            frame["columns"] = column_messages(*shape)
            self._shape, self._columns_seq = shape, seq
        return frame


def _changed(keys: Sequence[Key], changed: ChangedRows) -> list[list[int]]:
    if not changed.cells:
        return []
    return [
        [place, position]
        for place, key in enumerate(keys)
        if key in changed.cells
        for position in sorted(changed.cells[key])
    ]


def column_messages(schema: Schema, kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """Return the columns as the browser gets them."""
    return [
        # Of numbers whose type nobody told, the page judges by their digits whether they are floats.
        {"name": column.name, "kind": str(kind), "key": column.name in schema.key}
        | ({"untyped": True} if kind is Kind.NUMERIC and column.type is None else {})
        for column, kind in zip(schema.columns, kinds, strict=True)
    ]
