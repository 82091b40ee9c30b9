"""What a stream is believed: while its database is down, after it, when it subscribes anew, when rows are hidden, after a burst."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd
import pytest

from rtwidget.feed import notification_handler as announcements
from rtwidget.feed.reads import pinger as pulse
from rtwidget.feed.reads import prober
from rtwidget.feed.stream import loss_watch as judge
from rtwidget.local import LocalBackend, Settings
from rtwidget.replica import budgets
from rtwidget.widget.live_table import LiveTable
from tests.integration.steady import steady_backend
from tests.integration.table.conftest import OpenTable, publish, until_state, until_true
from tests.patience import PATIENCE_S


@pytest.fixture(scope="module")
def backend() -> Iterator[LocalBackend]:
    """A backend of its own, because its database is stopped, and its change capture gives up soon."""
    with steady_backend(Settings(capture_gives_up_s=0.3)) as running:
        yield running


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    publish(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select i, 0 from generate_series(1, 10) i")
    return name


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ping, probe and judge again and again."""
    monkeypatch.setattr(pulse, "PING_INTERVAL_S", 0.3)
    for module in (prober, budgets):
        monkeypatch.setattr(module, "PROBE_INTERVAL_S", 0.3)
    for module in (prober, judge, budgets):
        monkeypatch.setattr(module, "PROBE_CONFIRM_S", 1.0)


def _has_rows(rows: int, df: pd.DataFrame) -> bool:
    return len(df) == rows


def quiet(open_table: OpenTable, **options: object) -> tuple[LiveTable, list[str]]:
    """Return a table that is live and verified by itself every ten minutes only, and the states that it goes through."""
    live = open_table(verify_every=600, **options).wait_ready()
    until_state(live, "live")
    # What the first pass after `Live` finds may have changed before it, so it is no evidence of anything.
    until_true(lambda: live.stats.passes >= 2, "The pass after Live")
    states: list[str] = []
    live.observe(lambda change: states.append(str(change["new"].state)), "status")
    return live, states


@pytest.mark.usefixtures("soon")
def test_a_quiet_table_is_offline_while_its_database_is_down_and_then_hears_again(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live, _ = quiet(open_table)
    backend.faults.stop_postgres()
    until_state(live, "offline")
    assert live.status.error is not None
    assert "does not reach its database" in live.status.error.message
    until_true(lambda: backend.subscriptions == 0, "The poller's end")
    backend.faults.start_postgres()
    until_true(lambda: live.stats.connections == 2, "Another connection")
    until_state(live, "live")
    heard = live.stats.notifications
    backend.sql(f"update {table} set n = 1 where id = 3")
    until_true(lambda: live.stats.notifications > heard, "A notification")
    live.wait_for(lambda df: df.loc[3, "n"] == 1)


def test_an_outage_is_told_within_30_s_with_the_times_that_users_have(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live, _ = quiet(open_table)
    backend.faults.stop_postgres()
    until_state(live, "offline")
    backend.faults.start_postgres()
    until_state(live, "live")


def test_a_change_of_the_publication_costs_a_pass_and_not_the_stream(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live, states = quiet(open_table)
    passes = live.stats.passes
    backend.faults.publication_changed()
    until_true(lambda: live.stats.passes > passes, "A pass")
    assert set(states) <= {"live"}
    assert live.stats.connections == 1


@pytest.mark.usefixtures("soon")
def test_rows_that_a_policy_hides_go_and_the_stream_stays(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    live, states = quiet(open_table, access_token=backend.token("authenticated", "ada"))
    for left in (19, 18, 17):
        backend.sql(f"update {owned} set owner = 'bob' where id = {left}")
        live.wait_for(partial(_has_rows, left), timeout=PATIENCE_S)
    assert set(states) <= {"live"}
    assert (live.stats.connections, live.stats.losses_found) == (1, 0)


@pytest.mark.usefixtures("soon")
def test_a_visible_change_that_nothing_announced_replaces_the_stream_without_a_break(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live, states = quiet(open_table)
    backend.faults.end_capture()
    backend.sql(f"insert into {table} values (11, 0)")
    live.wait_for(lambda df: 11 in df.index, timeout=PATIENCE_S)
    until_true(lambda: live.stats.connections == 2, "Another connection")
    backend.sql(f"update {table} set n = 5 where id = 11")
    live.wait_for(lambda df: df.loc[11, "n"] == 5, timeout=PATIENCE_S)
    assert set(states) <= {"live"}
    assert live.stats.losses_found >= 1


def test_what_the_limiter_drops_after_a_burst_is_found_by_the_passes_for_it(
    backend: LocalBackend, table: str, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "BURST_TICK_EVENTS", 50)
    for module in (announcements, budgets):
        monkeypatch.setattr(module, "PASSES_AFTER_BURST_S", (1.0, 4.0))
    backend.faults.limit_events(100, window_s=1.2)
    live, _ = quiet(open_table)
    backend.sql(f"insert into {table} select i, 0 from generate_series(100, 500) i")
    live.wait_for(lambda df: len(df) == 411, timeout=PATIENCE_S)
    backend.sql(f"update {table} set n = 9 where id = 1")
    live.wait_for(lambda df: df.loc[1, "n"] == 9, timeout=PATIENCE_S)
