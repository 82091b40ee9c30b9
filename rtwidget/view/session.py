"""One browser view: it asks for a window, and gets a frame whenever the rows in it may have changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rtwidget.replica.delta import Delta
from rtwidget.view.frames.anchored_window import AnchoredWindow
from rtwidget.view.frames.flow import Flow
from rtwidget.view.frames.frame_writer import FrameWriter
from rtwidget.view.frames.wake import Wake
from rtwidget.view.frames.window_changes import WindowChanges
from rtwidget.view.grid_rows import RowQuery
from rtwidget.view.messages.window_messages import Hello, Query, Window, asked_by
from rtwidget.view.selection import KnownSelection
from rtwidget.view.view_context import ViewContext
from rtwidget.view.view_rows import ViewRows

COUNT_GAP_S: Final = 1.0
"""How often a frozen view hears how many changes wait; more often nobody reads it."""

_log = logging.getLogger("rtwidget")


class ViewSession:
    """What one view asked for, knows and gets. Loop thread only; it runs as a task until the view is gone.

    Args:
        hello: The view's first request.
        context: What all views of the table share.
        send: Sends a message to the browser; returns at once.
    """

    def __init__(
        self, hello: Hello, context: ViewContext, send: Callable[[dict[str, Any]], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        self._clock = loop.time
        self._context = context
        self._choice = KnownSelection(context.selection)
        self._send = send
        self._view = hello.view
        self._rows = ViewRows(context.table, asked_by(hello, context.orders), self.touch)
        self._answers = hello.id
        self._frames = FrameWriter(hello.view)
        self._changes = WindowChanges()
        self._window = AnchoredWindow.asked(hello, {})
        self._flow = Flow(self._clock())
        self._stale = True
        self._wake = Wake()
        self._task = loop.create_task(self._run(), name="rtwidget view")
        self._task.add_done_callback(self._ended)

    @property
    def ended(self) -> bool:
        """Whether the view was forgotten, because nobody had been there for long."""
        return self._task.done()

    @property
    def watching(self) -> bool:
        """Whether the view is on a screen now."""
        return self._flow.watching(self._clock())

    @property
    def query(self) -> RowQuery:
        """The rows that the view shows, in its order."""
        return self._rows.query

    def ask(self, window: Window) -> None:
        """Show another window, or other rows; of several requests the latest wins."""
        self._flow.heard(self._clock())
        # Requests can overtake each other on their way.
        if window.id >= self._answers:
            self._answers = window.id
            self._window = AnchoredWindow.asked(window, self._frames.keys)
            if isinstance(window, Query):
                self._rows.ask(asked_by(window, self._context.orders))
            self.touch()

    def greet(self, hello: Hello) -> None:
        """Begin again with a view that lost what it had: it has seen no frame and knows no columns."""
        self._frames.forget_columns()
        self._choice.forget()
        self._flow.greeted(self._clock())
        self.ask(hello)

    def sort(self) -> None:
        """Take the table's new order, from the first row on."""
        self._rows.ask(replace(self._rows.asked, orders=self._context.orders))
        self._window = self._window.at_top()
        self.touch()

    def ack(self, seq: int) -> None:
        """Take note that a frame was painted."""
        now = self._clock()
        self._flow.ack(seq, now)
        if self._flow.misses(seq, now):
            self.touch()
        self._wake.now()

    def show(self, *, visible: bool) -> None:
        """Take note that the view was shown or hidden; a hidden one gets no frames."""
        self._flow.visible = visible
        self._flow.heard(self._clock())
        self.touch()

    def knows_selection(self) -> None:
        """Take note that the view itself made the last choice of rows."""
        self._choice.made(self._flow.acked)

    def freeze(self, *, frozen: bool) -> None:
        """Keep the picture as it is while the rows go on, or show the newest again."""
        self._rows.freeze(frozen=frozen)
        self._flow.heard(self._clock())
        self.touch()

    def keep_still(self, *, still: bool) -> None:
        """Let the rows keep their order while somebody points at something, or no longer."""
        self.query.still = still
        self.touch()

    def changed(self, delta: Delta) -> None:
        """Have the changes shown, or counted while the picture is frozen."""
        if self._rows.frozen:
            self._wake.later(COUNT_GAP_S, self.touch)
            return
        self._rows.changed(delta)
        if self._flow.visible:
            self._changes.changed(delta)
        self.touch()

    def emptied(self) -> None:
        """Show that every row went, whoever holds their picture: the next rows may be for other eyes."""
        self._rows.emptied()
        self.touch()

    def touch(self) -> None:
        """Have a frame sent as soon as the flow allows."""
        self._stale = True
        self._wake.now()

    def close(self) -> None:
        """Stop sending."""
        self._task.cancel()

    async def _run(self) -> None:
        while not self._flow.gone(now := self._clock()):
            frame_at = self._flow.frame_at(now) if self._stale else None
            beat_at = self._flow.beat_at(now)
            if frame_at is not None and frame_at <= now:
                await self._send_frame()
            elif beat_at is not None and beat_at <= now:
                self._flow.beat(now)
                self._send({"kind": "beat", "view": self._view, **self._context.news()})
            else:
                moments = (frame_at, beat_at, self._flow.gone_at())
                await self._wake.sleep_until(min(at for at in moments if at is not None))

    async def _send_frame(self) -> None:
        # First of all: what changes while rows are looked up asks for a frame of its own.
        self._stale = False
        # What comes while the rows are put in order is told by the next frame, where it cannot be missing.
        changed = self._changes.take()
        window, answers = self._window, self._answers
        rows = await window.rows(self.query.window)
        seq = self._flow.send(self._clock())
        frame = self._frames.frame(rows, changed, seq, answers, self._flow.acked)
        times = self._context.changes.times(rows.keys)
        if times:
            frame["times"] = times
        frame |= self._choice.news(seq, self._flow.acked)
        if self._rows.frozen:
            frame["held"] = True
        # What the view has to know is repeated until it is known.
        if self._flow.asks(self._clock(), must="columns" in frame or "selected" in frame):
            frame["ack"] = True
        self._send(frame | self._context.news())
        self._changes.shown(rows.keys)
        if self._window is window:
            self._window = window.moved(rows)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._rows.close()
        if not task.cancelled() and task.exception() is not None:
            _log.error("A view stopped by a fault of rtwidget.", exc_info=task.exception())
