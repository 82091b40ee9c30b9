"""What the tests of feeds start from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.feed.bench import Bench, Server


@pytest.fixture
def workshop() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


@pytest.fixture
def server() -> Server:
    made = Server()
    made.table.rows[(1,)] = (1, "one")
    return made


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon; how long real waits are is the business of the tests of backoff."""
    monkeypatch.setattr("rtwidget.replica.schedule.backoff.RECONNECT_CAP_S", 0.05)
    monkeypatch.setattr("rtwidget.feed.passes.pass_runner.RECONNECT_BASE_S", 0.01)
