"""How long a table lives: until nobody refers to it and the output that showed it is gone.

Python itself judges who refers to it, so nothing of ours may: ipywidgets' registries and our own threads hold a table weakly, and
`KeptAlive` holds it strongly while an output shows it, or may come to.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final

from rtwidget.sources.forking import when_forked

_log = logging.getLogger("rtwidget")


class KeptAlive:
    """The tables of the process that live without a reference of the user's. Any thread."""

    def __init__(self) -> None:
        # A forked child keeps those of its parent too, which must not end there.
        self._kept: set[object] = set()
        self._begin_anew()
        when_forked(self, KeptAlive._begin_anew)

    def _begin_anew(self) -> tuple[()]:
        # One that destructors may use, on whichever thread and under whatever locks they run.
        self._endings: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._open = 0
        self._running = False
        return ()

    def begin(self, table: object, end: Callable[[], object]) -> None:
        """Keep a table from now on.

        Args:
            table: The table.
            end: Called on a thread of ours once it is gone; must not refer to it.
        """
        with self._lock:
            self._open += 1
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="rtwidget-endings", daemon=True).start()
        # At the end of the interpreter, `interpreter_exit` closes what is open while threads still run.
        weakref.finalize(table, self._endings.put, end).atexit = False
        self.keep(table)

    def keep(self, table: object) -> None:
        """Keep a table, because an output shows it."""
        self._kept.add(table)

    def release(self, table: object) -> None:
        """Keep a table no longer: it ends once nobody else refers to it."""
        self._kept.discard(table)

    def closed(self) -> None:
        """Take note that a table was closed; the thread ends with the last one."""
        self._endings.put(None)

    def _run(self) -> None:
        while True:
            end = self._endings.get()
            if end is None:
                with self._lock:
                    self._open -= 1
                    if self._open <= 0:
                        self._running = False
                        return
                continue
            try:
                end()
            except Exception:  # noqa: BLE001  (it is logged, whatever it is)
                # One table that cannot end must not keep the others from it.
                _log.exception("A table that nobody refers to could not be closed.")
            # This frame would keep it, and what it refers to, until the next one comes.
            del end


KEPT_ALIVE: Final = KeptAlive()
"""The process's tables."""
