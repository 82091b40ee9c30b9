"""Floods and steady streams of changes: few reads, flat memory, and the right rows in the end."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator

import pytest

from rtwidget import live_table
from rtwidget.local import LocalBackend
from rtwidget.replica import budgets
from rtwidget.widget.live_table import LiveTable
from tests.integration.steady import steady_backend

ROWS = 5000


@pytest.fixture(scope="module")
def backend() -> Iterator[LocalBackend]:
    with steady_backend() as running:
        running.sql("create table busy (id int primary key, n bigint not null default 0)")
        running.sql("alter publication supabase_realtime add table busy")
        running.sql(f"insert into busy select g from generate_series(1, {ROWS}) g")
        yield running


@pytest.fixture
def table(backend: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveTable]:
    # The passes that follow a connection would fall into a test that takes long on a slow machine.
    monkeypatch.setattr(budgets, "PASSES_AFTER_LIVE_S", (6000.0,))
    with live_table("busy", url=backend.url, key=backend.anon_key, verify_every=600) as opened:
        opened.wait_ready()
        opened.wait_for(lambda _: opened.stats.passes >= 2)
        yield opened


def held() -> int:
    """Return how many pieces of memory Python holds; counting them costs nothing, unlike tracing each."""
    gc.collect()
    return sys.getallocatedblocks()


def total(backend: LocalBackend) -> int:
    return int(backend.sql("select sum(n) from busy")[0][0])


@pytest.mark.timeout(1500)
def test_fifty_thousand_notifications_end_in_the_right_rows_and_flat_memory(
    backend: LocalBackend, table: LiveTable
) -> None:
    before = table.stats
    held_before = held()
    for _ in range(10):
        backend.sql("update busy set n = n + 1")
    wanted = total(backend)
    backend.catch_up(600)
    table.wait_for(lambda df: df["n"].sum() == wanted, 600)
    after = table.stats
    assert after.notifications - before.notifications >= 40_000
    # Rows may be held once more until they are compacted, but nothing is for each notification.
    assert held() - held_before < 6 * ROWS
    assert after.key_reads - before.key_reads < 100
    assert after.passes - before.passes < 20


def test_a_hundred_changes_a_second_cost_at_most_ten_reads_a_second(
    backend: LocalBackend, table: LiveTable
) -> None:
    seen: list[object] = []
    table.on_change(seen.append)
    before, began = table.stats, time.monotonic()
    for number in range(300):
        backend.sql(f"update busy set n = n + 1 where id = {1 + number * 7 % ROWS}")
    wanted = total(backend)
    table.wait_for(lambda df: df["n"].sum() == wanted)
    lasted_s = time.monotonic() - began
    assert table.stats.key_reads - before.key_reads <= 10 * lasted_s + 20
    assert table.stats.passes == before.passes
    assert seen


def test_without_anybody_who_looks_it_is_one_read_a_second(
    backend: LocalBackend, table: LiveTable
) -> None:
    # The table has just been waited for, so it would count as looked at for a while yet.
    table._handle._attachment.read_at = float("-inf")
    before, began = table.stats, time.monotonic()
    while time.monotonic() - began < 4 or table.stats.key_reads == before.key_reads:
        backend.sql("update busy set n = n + 1 where id = 1")
    reads, lasted_s = table.stats.key_reads - before.key_reads, time.monotonic() - began
    assert reads <= lasted_s + 2
