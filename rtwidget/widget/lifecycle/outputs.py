"""The `Output` widgets of ipywidgets, in which `interact` and callbacks show their tables."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from typing import Final, Protocol

import ipywidgets

from rtwidget.sources.forking import when_forked
from rtwidget.widget.jupyter_kernel import current_message_id
from rtwidget.widget.lifecycle.kept_alive import KEPT_ALIVE

REPLACED_AFTER_S: Final = 5.0
"""A table is shown, and one that was made before it in the same output has no view so long after: its view was never drawn."""

BACK_S: Final = 1.0
"""A view that is drawn anew, as when a kernel is found again, says hello within this time after it was gone."""


class Shown(Protocol):
    """A table that may have views."""

    @property
    def viewed(self) -> bool:
        """Whether it has a view now."""
        ...


References = Sequence["weakref.ref[Shown]"]


def current_output() -> str | None:
    """Return the model id of the `Output` that takes what is displayed now, or None (on the thread that displays it)."""
    message_id = current_message_id()
    if message_id is None:
        return None
    found = None
    # A copy, because other threads make widgets meanwhile.
    for widget in tuple(ipywidgets.widgets.widget._instances.values()):  # noqa: SLF001  (no public way)
        # By its type, as our own tables stand there as proxies, which may be dead.
        if issubclass(type(widget), ipywidgets.Output) and widget.msg_id == message_id:
            found = widget.model_id
    return found


class OutputTables:
    """Remembers which tables were made in each `Output`. Any thread."""

    def __init__(self) -> None:
        self._forget()
        when_forked(self, OutputTables._forget)

    def _forget(self) -> tuple[()]:
        # A lock that another thread held at a fork would never be free in the child.
        self._lock = threading.Lock()
        self._made: dict[str, list[weakref.ref[Shown]]] = {}
        return ()

    def made(self, output: str | None, table: Shown) -> References:
        """Remember that a table was made in an output, and return what was made there before and still lives.

        Args:
            output: The model id of the output, or None where the table is shown elsewhere.
            table: The table, which is held weakly.
        """
        if output is None:
            return ()
        with self._lock:
            earlier = [one for one in self._made.get(output, ()) if one() is not None]
            self._made[output] = [*earlier, weakref.ref(table)]
        return earlier


def release_unseen(tables: References) -> None:
    """Keep those tables no longer that no page shows (any thread)."""
    for reference in tables:
        table = reference()
        if table is not None and not table.viewed:
            KEPT_ALIVE.release(table)


OUTPUTS: Final = OutputTables()
"""The process's outputs."""
