"""The thread of one table on which user callbacks run and traits are set, so that neither can hold up the loop."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from queue import SimpleQueue
from time import monotonic
from typing import Any, Final

from rtwidget.feed.changes import ChangeBuffer, plain_key
from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from rtwidget.widget.calls.callbacks import Callback, Callbacks

# What people read changes no faster than this.
_CALLBACK_GAP_S: Final = 0.1
# Frames bring the status to the views, so the trait need not follow each change of rows.
_SAME_STATE_GAP_S: Final = 1.0


class CallbackThread:
    """Follows a table; `changed`, `told` and `emptied` on the loop thread, the rest on any thread.

    Args:
        name: The table's name, for people who list threads.
        tell: Called on this thread with the newest status.
        as_index: Makes of a key what stands in the index of `t.df`.
        prepare: Called on this thread after changes, to have made what will be asked for.
    """

    def __init__(
        self,
        name: str,
        tell: Callable[[Status], None],
        as_index: Callable[[Key], Any] = plain_key,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        self._tell = tell
        self._prepare = prepare
        self._changes = ChangeBuffer(as_index)
        self._callbacks = Callbacks()
        self._status: Status | None = None
        self._told: tuple[Status | None, float] = (None, 0.0)
        self._calls: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"rtwidget-{name}", daemon=True)
        self._thread.start()

    @property
    def attentive(self) -> bool:
        """Whether somebody wants to hear of changes."""
        return len(self._callbacks) > 0

    def add(self, callback: Callback) -> None:
        """Call a function with every change from now on."""
        self._callbacks.add(callback)

    def remove(self, callback: Callback) -> None:
        """Stop to call a function, and older versions of it."""
        self._callbacks.remove(callback)

    def changed(self, delta: Delta) -> None:
        """Rows changed."""
        if self._callbacks:
            self._changes.add(delta)
        self._wake.set()

    def told(self, status: Status) -> None:
        """The situation changed."""
        self._status = status
        self._wake.set()

    def emptied(self) -> None:
        """The rows that follow are another's; changes of the ones before are nobody's business."""
        self._changes.take()

    def call(self, function: Callable[[], object]) -> None:
        """Call a function soon on this thread; any thread."""
        self._calls.put(function)
        self._wake.set()

    def close(self, status: Status) -> None:
        """Tell the last status, and end the thread; a callback that is running now may finish."""
        self._status = status
        self._stop.set()
        self._wake.set()
        # A callback may close its own table, and no thread can wait for itself.
        if threading.current_thread() is not self._thread:
            # Not for ever: a callback of the user's may hang, and the thread is a daemon.
            self._thread.join(2)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(None if self._status is self._told[0] else _SAME_STATE_GAP_S)
            # Before the work: what comes during it wakes the thread once more.
            self._wake.clear()
            self._tell_status(at_end=False)
            self._work()
            _guarded(self._prepare)
            self._stop.wait(_CALLBACK_GAP_S)
        self._tell_status(at_end=True)
        self._work()

    def _tell_status(self, *, at_end: bool) -> None:
        # Read once and never cleared, so that none which comes meanwhile is lost.
        status, (told, told_at) = self._status, self._told
        if status is None or status is told:
            return
        same = told is not None and (told.state, told.error) == (status.state, status.error)
        if at_end or not same or monotonic() - told_at >= _SAME_STATE_GAP_S:
            self._told = (status, monotonic())
            _guarded(self._tell, status)

    def _work(self) -> None:
        while not self._calls.empty():
            _guarded(self._calls.get())
        change = self._changes.take()
        if change is not None:
            for one in self._callbacks.now():
                one.context.run(_guarded, one.callback, change)


def _guarded(function: Callable[..., object], *arguments: object) -> None:
    """Call a function of the user; an exception in it is shown and stops nothing.

    Neither do those that end a program, such as `sys.exit()`, or a task that was cancelled: a table is neither.
    """
    try:
        function(*arguments)
    except BaseException:  # noqa: BLE001  (whatever it is, it is the user's, and they see it)
        traceback.print_exc(file=sys.stderr)
