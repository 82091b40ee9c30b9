"""Tables by the cell that made them: a cell that runs again closes what its earlier runs made (design section 8)."""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass, field
from typing import Protocol

from rtwidget.sources.forking import when_forked
from rtwidget.widget.jupyter_kernel import Execution


class Disposable(Protocol):
    """Something that a cell made."""

    def dispose(self) -> None:
        """Close it and forget it."""
        ...


@dataclass(slots=True)
class _Runs:
    """The runs of one cell: the last one, what belongs to it, and those before it."""

    last: str
    tables: list[weakref.ref[Disposable]] = field(default_factory=list)
    earlier: set[str] = field(default_factory=set)


class CellTables:
    """Remembers, for each cell, its last run and what that run made. Any thread."""

    def __init__(self) -> None:
        self._forget()
        when_forked(self, CellTables._forget)

    def _forget(self) -> tuple[()]:
        # A lock that another thread held at a fork would never be free in the child.
        self._lock = threading.Lock()
        self._runs: dict[str, _Runs] = {}
        self._cells_of: dict[str, str] = {}
        return ()

    def made(
        self, execution: Execution | None, table: Disposable, output: str | None = None
    ) -> list[Disposable]:
        """Remember whose a table is, and return what earlier runs of the same cell made.

        Args:
            execution: The run of a cell that made it, or None: a callback did, or the front end does not say.
            table: The table.
            output: The `Output` widget that shows it; one in which a cell made a table is that cell's, and so is what callbacks
                make there later.
        """
        with self._lock:
            if execution is None:
                cell_id = None if output is None else self._cells_of.get(output)
                if cell_id is not None:
                    self._runs[cell_id].tables.append(weakref.ref(table))
                return []
            if output is not None:
                self._cells_of[output] = execution.cell_id
            runs = self._runs.setdefault(execution.cell_id, _Runs(execution.message_id))
            ended: list[weakref.ref[Disposable]] = []
            # What an earlier run left running, such as a task, makes tables too; they go with the others.
            if execution.message_id not in {runs.last, *runs.earlier}:
                runs.earlier.add(runs.last)
                runs.last, ended, runs.tables = execution.message_id, runs.tables, []
            runs.tables = [one for one in runs.tables if one() is not None]
            runs.tables.append(weakref.ref(table))
        return [found for found in (reference() for reference in ended) if found is not None]


CELLS = CellTables()
"""The process's cells."""
