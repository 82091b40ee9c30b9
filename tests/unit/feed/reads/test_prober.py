"""What probes find, and what they say when they find nothing."""

from __future__ import annotations

import pytest

from tests.unit.feed.bench import Bench, Server, until, until_settled


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probe all the time; when probes are due is the business of the tests of their plan."""
    monkeypatch.setattr("rtwidget.feed.reads.prober.PROBE_INTERVAL_S", 0.01)
    monkeypatch.setattr("rtwidget.replica.budgets.PROBE_INTERVAL_S", 0.01)
    monkeypatch.setattr("rtwidget.feed.reads.prober.PROBE_CONFIRM_S", 0.01)


def test_a_probe_that_finds_what_is_held_is_counted_and_agrees(
    workshop: Bench, server: Server
) -> None:
    handle = workshop.open(server)
    until_settled(handle)
    agreed = handle.wait(lambda: handle.stats.agreed_at or None, 60, "A probe that agrees")
    assert agreed > 0
    assert handle.stats.probes >= 1


def test_a_probe_that_finds_another_count_wants_a_pass(workshop: Bench, server: Server) -> None:
    handle = workshop.open(server)
    until_settled(handle)
    workshop.do(server.table.rows.update, {(2,): (2, "two")})
    until(handle, {1: "one", 2: "two"})
