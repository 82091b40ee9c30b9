"""Whether the stream and the reads agree, as `t.access` says it: the same reader, and a probe that saw nothing else."""

from __future__ import annotations

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.feed.reads import prober
from rtwidget.local import LocalBackend
from rtwidget.replica import budgets
from tests.integration.table.conftest import OpenTable, until_state, until_true
from tests.integration.table.readers.test_hidden_rows import are_all_of


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probe again and again, and believe a difference soon."""
    monkeypatch.setattr(prober, "PROBE_INTERVAL_S", 0.1)
    monkeypatch.setattr(budgets, "PROBE_INTERVAL_S", 0.1)
    monkeypatch.setattr(budgets, "PROBE_CONFIRM_S", 0.3)


def test_a_probe_that_agrees_is_told_with_its_age(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    table = open_table(access_token=backend.token("authenticated", "ada")).wait_ready()
    until_state(table, "live")
    until_true(lambda: table.stats.agreed_at is not None, "A probe")
    access = table.access
    assert access.agrees is True
    assert "s ago a probe saw what it had announced" in repr(access)


def test_without_a_probe_only_the_reader_is_known(
    backend: LocalBackend, owned: str, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prober, "PROBE_INTERVAL_S", 60.0)
    table = open_table(access_token=backend.token("authenticated", "ada")).wait_ready()
    until_state(table, "live")
    access = table.access
    assert access.agrees is True
    assert "joined as the same user" in repr(access)
    assert "No probe has compared them yet" in repr(access)


def test_rows_that_changed_unannounced_are_no_agreement(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    table = open_table(access_token=backend.token("authenticated", "ada")).wait_ready()
    until_state(table, "live")
    until_true(lambda: table.stats.agreed_at is not None, "A probe")
    until_true(lambda: table.stats.passes >= 2, "The pass after Live")
    backend.faults.drop_events(1)
    backend.sql(f"insert into {owned} values (100, 'ada')")
    until_true(lambda: table.stats.losses_found == 1, "The loss")
    table.wait_for(lambda df: 100 in df.index)
    until_state(table, "live")
    access = table.access
    assert access.agrees is False
    assert "once rows had changed that nothing announced" in repr(access)


def test_a_token_that_names_another_than_the_rows_is_no_agreement(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    user = ["ada"]
    table = open_table(access_token=lambda: backend.token("authenticated", user[0])).wait_ready()
    until_state(table, "live")
    assert table.access.agrees is True
    user[0] = "bob"
    access = table.access
    assert are_all_of("ada", table.df)
    assert access.agrees is False
    finding = access.findings[-1]
    assert (finding.check, finding.verdict) == ("agreement", Verdict.WARNING)
    assert "names somebody else now" in finding.said
    # What it says to do mends it.
    table.pause()
    table.resume()
    table.wait_for(lambda df: are_all_of("bob", df))
    until_state(table, "live")
    assert table.access.agrees is True
