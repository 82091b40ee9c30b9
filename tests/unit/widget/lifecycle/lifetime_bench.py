"""Tables of one kernel whose messages the test chooses."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.registry import Registry
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.widget.jupyter_kernel import Execution
from rtwidget.widget.lifecycle import cell_ownership as belonging
from rtwidget.widget.lifecycle import outputs
from rtwidget.widget.lifecycle.cell_reruns import CellTables
from rtwidget.widget.live_table import LiveTable


class Bench:
    """Tables of one kernel whose messages the test chooses."""

    def __init__(self, source: MemoryTable, monkeypatch: pytest.MonkeyPatch) -> None:
        self._source = source
        self._loop, self._registry = LoopThread("lifetimes"), Registry()
        self.handles: list[ReplicaTable] = []
        self.message_id: str | None = None
        self.execution: Execution | None = None
        monkeypatch.setattr(outputs, "current_message_id", lambda: self.message_id)
        monkeypatch.setattr(belonging, "current_execution", lambda: self.execution)
        monkeypatch.setattr(belonging, "CELLS", CellTables())
        monkeypatch.setattr(belonging, "BACK_S", 0.0)
        monkeypatch.setattr(belonging, "REPLACED_AFTER_S", 0.0)

    def table(self) -> LiveTable:
        handle = ReplicaTable(MemoryRequest(self._source), None, self._loop, self._registry)
        self.handles.append(handle)
        return LiveTable(handle)

    def open(self) -> list[bool]:
        return [not handle.closed for handle in self.handles]

    def say(self, table: LiveTable, kind: str, view: str = "v", **more: Any) -> None:
        """Send a message of the browser, and wait until it was taken."""
        table._received(table, {"kind": kind, "view": view, **more}, [])
        table._handle.call_and_wait(lambda: None)

    def show(self, table: LiveTable, view: str = "v") -> None:
        self.say(table, "hello", view, id=1, first=0, count=2)
