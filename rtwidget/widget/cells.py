"""Tables by the cell that made them: a cell that runs again closes what its earlier runs made (design section 8)."""

from __future__ import annotations

import threading
import weakref
from typing import Protocol

from rtwidget.sources.forking import when_forked
from rtwidget.widget.kernel import Execution


class Disposable(Protocol):
    """Something that a cell made."""

    def dispose(self) -> None:
        """Close it and forget it."""
        ...


class CellTables:
    """Remembers, for each cell, its last run and what that run made. Any thread."""

    def __init__(self) -> None:
        self._forget()
        when_forked(self, CellTables._forget)

    def _forget(self) -> tuple[()]:
        self._lock = threading.Lock()
        self._made: dict[str, tuple[str, list[weakref.ref[Disposable]]]] = {}
        return ()

    def made(self, execution: Execution, table: Disposable) -> list[Disposable]:
        """Remember that a run made a table, and return what earlier runs of the same cell made."""
        with self._lock:
            message_id, tables = self._made.get(execution.cell_id, ("", []))
            if message_id == execution.message_id:
                tables.append(weakref.ref(table))
                return []
            self._made[execution.cell_id] = (execution.message_id, [weakref.ref(table)])
        return [found for found in (reference() for reference in tables) if found is not None]


CELLS = CellTables()
"""The process's cells."""
