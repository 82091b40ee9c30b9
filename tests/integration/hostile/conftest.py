"""A server that lies, and tables that trust nobody; none of them may end in a fault of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.widget.live_table import LiveTable
from tests.integration.hostile.liar import Liar
from tests.patience import PATIENCE_S

OpenTable = Callable[..., LiveTable]


@pytest.fixture
def liar() -> Iterator[Liar]:
    with Liar() as running:
        yield running


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon: what is tested is what comes of it."""
    monkeypatch.setattr("rtwidget.replica.schedule.backoff.RECONNECT_CAP_S", 0.05)
    monkeypatch.setattr("rtwidget.replica.schedule.backoff.RECONNECT_POLITE_S", (0.0, 0.05))


@pytest.fixture
def open_table(liar: Liar, caplog: pytest.LogCaptureFixture) -> Iterator[OpenTable]:
    """Open a live table on the server; closed at the end, and then no fault was logged."""
    opened: list[LiveTable] = []

    def open_one(**options: Any) -> LiveTable:
        opened.append(live_table("t", **{"url": liar.url, "key": "k", **options}))
        return opened[-1]

    yield open_one
    for table in opened:
        table.close()
    faults = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert [one.getMessage() for one in faults if one.name in {"rtwidget", "asyncio"}] == []


def until(
    table: LiveTable, condition: Callable[[], bool], what: str, timeout_s: float = PATIENCE_S
) -> None:
    """Wait for something that the table tells; unlike `wait_ready`, also through `failed`."""
    table._handle.wait(lambda: True if condition() else None, timeout_s, what)
