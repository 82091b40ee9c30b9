"""A table of five people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.registry import Registry
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from rtwidget.store.order.ordering import Order
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.widget.display_options import ViewOptions
from rtwidget.widget.live_table import LiveTable
from tests.unit.view.page import SCHEMA


@pytest.fixture
def source() -> MemoryTable:
    table = MemoryTable(SCHEMA, "people")
    table.rows.update({(key,): (key, f"name {key}", 10 - key) for key in range(5)})
    return table


@pytest.fixture
def table(source: MemoryTable) -> Iterator[LiveTable]:
    handle = ReplicaTable(MemoryRequest(source), None, LoopThread("widget"), Registry())
    made = LiveTable(handle, orders=[Order("n")], options=ViewOptions(height=300))
    yield made
    made.dispose()
