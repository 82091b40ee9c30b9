"""One browser view: it asks for a window, and gets a frame whenever the rows in it may have changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rtwidget.feed.status import Status
from rtwidget.replica.keys import Key
from rtwidget.replica.reads import Delta
from rtwidget.replica.schema import Schema
from rtwidget.store.kinds import Kind
from rtwidget.view.cells import encode_key, encode_rows
from rtwidget.view.flow import Flow
from rtwidget.view.messages import Window
from rtwidget.view.query import LocalQuery
from rtwidget.view.status_message import status_message
from rtwidget.view.window import WindowRows

# More changed rows than this between two frames are a flood, and marking them would only flicker.
_MOST_MARKED_ROWS: Final = 2_000
_log = logging.getLogger("rtwidget")


class ViewSession:
    """Loop thread only.

    Args:
        hello: The view's first window.
        query: Answers which rows stand where.
        status: Returns the table's situation.
        send: Sends a message to the browser; returns at once.
    """

    def __init__(
        self,
        hello: Window,
        query: LocalQuery,
        status: Callable[[], Status],
        send: Callable[[dict[str, Any]], None],
    ) -> None:
        loop = asyncio.get_running_loop()
        self._clock = loop.time
        self._query = query
        self._status = status
        self._send = send
        self._window = hello
        self._flow = Flow(self._clock())
        self._stale = True
        self._wake = asyncio.Event()
        self._marked: dict[Key, frozenset[int]] = {}
        self._columns_sent: tuple[int, list[dict[str, Any]]] = (0, [])
        self._task = loop.create_task(self._run(), name="rtwidget view")
        self._task.add_done_callback(_log_fault)

    @property
    def ended(self) -> bool:
        """Whether the view was forgotten, because nobody had been there for long."""
        return self._task.done()

    @property
    def watching(self) -> bool:
        """Whether the view is on a screen now."""
        return self._flow.watching(self._clock())

    def ask(self, window: Window) -> None:
        """Show another window; of several requests the latest wins."""
        self._flow.heard(self._clock())
        if window.id >= self._window.id:
            self._window = window
            self.touch()

    def greet(self, hello: Window) -> None:
        """Begin again with a view that lost what it had: it has seen no frame and knows no columns."""
        self._columns_sent = (0, [])
        self._flow.acked = self._flow.seq
        self.ask(hello)

    def ack(self, seq: int) -> None:
        """Take note that a frame was painted."""
        self._flow.ack(seq, self._clock())
        self._wake.set()

    def show(self, *, visible: bool) -> None:
        """Take note that the view was shown or hidden; a hidden one gets no frames."""
        self._flow.visible = visible
        self._flow.heard(self._clock())
        self.touch()

    def changed(self, delta: Delta) -> None:
        """Mark what changed for the next frame."""
        if len(self._marked) + len(delta.updated) <= _MOST_MARKED_ROWS:
            for key, positions in delta.updated.items():
                self._marked[key] = self._marked.get(key, frozenset()) | positions
        self.touch()

    def touch(self) -> None:
        """Have a frame sent as soon as the flow allows."""
        self._stale = True
        self._wake.set()

    def close(self) -> None:
        """Stop sending."""
        self._task.cancel()

    async def _run(self) -> None:
        while not self._flow.gone(now := self._clock()):
            frame_at = self._flow.frame_at(now) if self._stale else None
            beat_at = self._flow.beat_at()
            if frame_at is not None and frame_at <= now:
                await self._send_frame()
            elif beat_at <= now:
                self._flow.beat(now)
                self._send(self._beat())
            else:
                await self._sleep_until(min(beat_at, frame_at or beat_at))

    async def _sleep_until(self, moment: float) -> None:
        self._wake.clear()
        try:
            async with asyncio.timeout_at(moment):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _send_frame(self) -> None:
        self._stale = False
        marked, self._marked = self._marked, {}
        window = self._window
        rows = await self._query.window(window.first, window.count)
        seq = self._flow.send(self._clock())
        self._send(self._frame(rows, window, marked, seq))

    def _beat(self) -> dict[str, Any]:
        status = status_message(self._status())
        return {"kind": "beat", "view": self._window.view, "status": status}

    def _frame(
        self, rows: WindowRows, window: Window, marked: Mapping[Key, frozenset[int]], seq: int
    ) -> dict[str, Any]:
        frame = {
            "kind": "frame",
            "view": window.view,
            "seq": seq,
            "answers": window.id,
            "first": rows.first,
            "total": rows.total,
            "rows": encode_rows(rows.rows),
            "keys": [encode_key(key) for key in rows.keys],
            "changed": [
                [place, position]
                for place, key in enumerate(rows.keys)
                if key in marked
                for position in sorted(marked[key])
            ],
            "status": status_message(self._status()),
        }
        columns = column_messages(rows.schema, rows.kinds)
        sent_seq, sent_columns = self._columns_sent
        if columns != sent_columns or self._flow.acked < sent_seq:
            # The trait `columns` may come later than this frame, so a frame brings its own until one was painted.
            frame["columns"] = columns
            self._columns_sent = (seq, columns)
        return frame


def _log_fault(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        _log.error("A view stopped by a fault of rtwidget.", exc_info=task.exception())


def column_messages(schema: Schema, kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """Return the columns as the browser gets them."""
    return [
        {"name": column.name, "kind": str(kind), "key": column.name in schema.key}
        for column, kind in zip(schema.columns, kinds, strict=True)
    ]
