"""What a live table calls: the user's functions, with what changed. Any thread."""

from __future__ import annotations

from rtwidget.view.grid_table import GridTable
from rtwidget.widget.calls.callback_thread import CallbackThread
from rtwidget.widget.calls.callbacks import Callback, checked_function


class TableCallbacks:
    """The half of `LiveTable` that calls."""

    _handle: GridTable
    _events: CallbackThread

    def on_change(self, callback: Callback, *, remove: bool = False) -> None:
        """Call a function with what changed: keys, coalesced, on a thread of this table.

        It belongs to the cell that says so: when that cell runs again, what its earlier runs registered is called no more.

        Args:
            callback: Called with a `Change`; an exception in it is shown and stops nothing.
            remove: Whether to stop calling it instead, and whatever version of it is called now.

        Raises:
            ArgumentError: When it is no plain function that can be called with one argument.
        """
        self._handle.ownership.demand()
        # Not checked: what is taken back may be an older version that could not be called any more.
        if remove:
            self._events.remove(callback)
            return
        function = checked_function(
            callback, "what changed", "lambda change: print(change.updated)"
        )
        self._events.add(function)
        # Somebody listens from now on, so a table that sleeps wakes up.
        self._handle.used()
