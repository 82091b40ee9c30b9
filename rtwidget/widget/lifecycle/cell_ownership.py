"""To which cell and which output a table belongs, what it replaces there, and when it ends by itself."""

from __future__ import annotations

import asyncio
import threading
import weakref
from functools import partial
from time import monotonic
from typing import Any

from comm.base_comm import BaseComm

from rtwidget.view.frames.flow import DETACH_S
from rtwidget.view.grid_table import GridTable
from rtwidget.view.hub import ViewHub
from rtwidget.widget.browser_widget import BrowserWidget, forget_model
from rtwidget.widget.calls.callback_thread import CallbackThread
from rtwidget.widget.jupyter_kernel import current_execution
from rtwidget.widget.lifecycle.cell_reruns import CELLS
from rtwidget.widget.lifecycle.kept_alive import KEPT_ALIVE
from rtwidget.widget.lifecycle.outputs import (
    BACK_S,
    OUTPUTS,
    REPLACED_AFTER_S,
    References,
    current_output,
    release_unseen,
)


class CellOwnership(BrowserWidget):
    """The half of `LiveTable` that knows how long it is wanted."""

    _hub: ViewHub
    _events: CallbackThread
    _earlier: References = ()
    _shown_at: float | None = None

    @property
    def viewed(self) -> bool:
        """Whether some page shows the table."""
        return self._hub.viewed

    def send_state(self, key: Any = None) -> None:  # noqa: ANN401  (ipywidgets' signature)
        """Send traits to the pages; the situation only while somebody may look, as Jupyter takes each message for work of the kernel."""
        if key != "status" or self._may_be_seen or self._handle.closed:
            super().send_state(key)

    @property
    def _may_be_seen(self) -> bool:
        shown_at = self._shown_at
        expected = shown_at is not None and monotonic() - shown_at < DETACH_S
        return expected or self._hub.attentive

    def dispose(self) -> None:
        """Close the table and take its views out of the notebook."""
        raise NotImplementedError

    def _settle(self) -> None:
        """Find the cell and the output that the table belongs to, and end what it replaces."""
        KEPT_ALIVE.begin(self, partial(_end, self._handle, self._hub, self._events, self.comm))
        output = current_output()
        self._earlier = OUTPUTS.made(output, self)
        # Only after this table holds the feed, so that a feed that both share goes on without a gap.
        for table in CELLS.made(current_execution(), self, output):
            # On a thread of its own, because to dispose of a table is to wait for the loop that calls this.
            self._handle.when_attached(threading.Thread(target=table.dispose, daemon=True).start)

    def _viewed(self, viewed: bool) -> None:  # noqa: FBT001  (what happened)
        """A view came, or the last one is gone for good; called on the loop thread."""
        # From now on the views say themselves whether they are there.
        self._shown_at = None
        loop = asyncio.get_running_loop()
        if not viewed:
            # Weakly, or the timer would keep what it is to let go.
            mine: References = [weakref.ref(self)]
            loop.call_later(BACK_S, release_unseen, mine)
            return
        KEPT_ALIVE.keep(self)
        if self._earlier:
            loop.call_later(REPLACED_AFTER_S, release_unseen, self._earlier)
            self._earlier = ()


# A function, because a method would keep the table that it is to end.
def _end(handle: GridTable, hub: ViewHub, events: CallbackThread, way: BaseComm) -> None:
    """End a table that nobody refers to, by what is left of it."""
    if handle.ownership.is_ours:
        if not handle.closed:
            KEPT_ALIVE.closed()
        handle.close(hub.close)
        events.close(handle.status)
        forget_model(way.comm_id)
        way.close()
