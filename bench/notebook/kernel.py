"""What the notebooks import: our widget or Perspective's over the same rows, and a thread that changes them."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import perspective as perspective_engine
from perspective.widget import PerspectiveWidget

from bench.notebook.source import SampleRequest, SampleTable
from bench.subjects.sample import SCHEMA, arrow_table, ipc, json_row, row
from rtwidget.feed.runtime.loop_thread import LOOP
from rtwidget.replica.keys import Row
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.widget.live_table import LiveTable

TICK_S = 0.1
ROWS_PER_TICK = 100


def ours(count: int) -> tuple[Any, Callable[[Sequence[Row]], None]]:
    """Return our widget and what changes its rows, from any thread."""
    table = SampleTable(count)
    widget = LiveTable(ReplicaTable(SampleRequest(table)))
    # The table belongs to the loop thread, as a feed's rows do.
    return widget, lambda rows: LOOP.call(table.put, rows)


def perspective(count: int) -> tuple[Any, Callable[[Sequence[Row]], None]]:
    """Return Perspective's widget and what changes its rows, from any thread."""
    widget, table = perspective_of(ipc(arrow_table(row(key) for key in range(count))))
    return widget, lambda rows: table.update([json_row(cells) for cells in rows])


def perspective_of(data: bytes) -> tuple[Any, Any]:
    """Return Perspective's widget and table over rows in Arrow IPC."""
    table = perspective_engine.table(data, index="id")
    return PerspectiveWidget(table, columns=list(SCHEMA.names), settings=False), table


class Changes:
    """Changes 100 rows every 100 ms from a thread; the name in row 0 tells which tick it is of.

    Args:
        apply: Changes rows.
        count: How many rows there are.
    """

    def __init__(self, apply: Callable[[Sequence[Row]], None], count: int) -> None:
        self._apply = apply
        self._count = count
        self._revision = 0
        self._stop = threading.Event()
        self._thread = threading.Thread()
        self._sent: list[tuple[int, float]] = []

    def start(self) -> None:
        """Begin."""
        self._stop.clear()
        self._sent = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> str:
        """End, and return as JSON which tick was sent when, in Unix ms."""
        self._stop.set()
        self._thread.join()
        return json.dumps(self._sent)

    def _run(self) -> None:
        keys = random.Random(3)
        next_at = time.perf_counter()
        while not self._stop.is_set():
            self._revision += 1
            others = [
                # Row 0 is changed by every tick, because it carries the mark.
                row(keys.randrange(1, self._count), self._revision)
                for _ in range(ROWS_PER_TICK - 1)
            ]
            cells = row(0, self._revision)
            # Before the change is applied, so that its whole way counts.
            sent_ms = time.time() * 1000
            self._apply([(cells[0], f"MK{self._revision}", *cells[2:]), *others])
            self._sent.append((self._revision, sent_ms))
            # From the planned moment, so that a late tick does not make all others late.
            next_at += TICK_S
            self._stop.wait(max(0.0, next_at - time.perf_counter()))


def compute(seconds: float) -> None:
    """Keep the thread busy with Python."""
    # Plain Python, because it holds the interpreter's lock as a user's loop does.
    end, total = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        for number in range(1000):
            total += number * number
