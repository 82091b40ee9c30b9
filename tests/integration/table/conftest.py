"""One backend for all tests of whole tables; each test makes tables of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable

OpenTable = Callable[..., LiveTable]


@pytest.fixture(scope="session")
def backend() -> Iterator[LocalBackend]:
    with LocalBackend() as running:
        yield running


@pytest.fixture
def name(backend: LocalBackend, request: pytest.FixtureRequest) -> Iterator[str]:
    """A table's name, for a table that the test makes and that goes with it."""
    table = f"t_{abs(hash(request.node.nodeid)) % 10**8}"
    yield table
    backend.faults.clear()
    backend.sql(f"drop table if exists {table} cascade")


@pytest.fixture
def open_table(backend: LocalBackend, name: str) -> Iterator[OpenTable]:
    """Open a live table on the test's table; closed at the end, and then nothing is subscribed."""
    opened: list[LiveTable] = []

    def open_one(table: str = name, **options: Any) -> LiveTable:
        options = {"url": backend.url, "key": backend.anon_key, **options}
        opened.append(live_table(table, **options))
        return opened[-1]

    yield open_one
    for table in opened:
        table.close()
    assert backend.subscriptions == 0
