"""A table that is big enough to be loaded in several ranges at once."""

from __future__ import annotations

import pytest

from rtwidget.local import LocalBackend
from rtwidget.replica.budgets import CHAINS_FROM_ROWS
from tests.integration.table.conftest import OpenTable, until_state
from tests.patience import PATIENCE_S

ROWS = CHAINS_FROM_ROWS + 5_000


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    # Published when it is filled, because rows that are announced during a load stand where they arrive.
    backend.sql(f"create table {name} (id text primary key, n int)")
    backend.sql(f"insert into {name} select md5(i::text), i from generate_series(1, {ROWS}) i")
    # Above a page the server does not count but asks the planner, who knows what it was told.
    backend.sql(f"analyze {name}")
    backend.sql(f"alter publication supabase_realtime add table {name}")
    return name


def test_rows_and_progress_are_there_from_the_first_page_on(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    backend.faults.latency(0.05)
    live = open_table()
    seen: list[tuple[int, int | None, str]] = []

    def look() -> bool | None:
        status = live.status
        seen.append((status.rows, status.expected_rows, status.state.value))
        assert len(live._handle.snapshot()) >= status.rows
        return True if status.verified_at else None

    live._handle.wait(look, 60, "A whole pass")
    partial = [told for told in seen if 0 < told[0] < ROWS]
    assert len(partial) > 5
    assert {state for _, _, state in partial} == {"loading"}
    assert {expected for _, expected, _ in partial[1:]} == {ROWS}
    assert seen == sorted(seen, key=lambda told: told[0])
    assert live.status.expected_rows is None


def test_a_load_in_ranges_with_writes_meanwhile_is_what_a_select_returns(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    backend.faults.latency(0.05)
    live = open_table()
    live._handle.wait(lambda: live.status.rows or None, 30, "The first rows")
    backend.sql(f"delete from {table} where n % 100 = 1")
    backend.sql(f"update {table} set n = -n where n % 100 = 2")
    backend.sql(f"update {table} set id = md5('moved' || id) where n % 500 = 3")
    backend.sql(f"insert into {table} select 'new ' || i, i from generate_series(1, 50) i")
    backend.faults.clear()
    expected = dict(backend.sql(f"select id, n from {table}"))
    live.wait_for(lambda df: df["n"].to_dict() == expected, PATIENCE_S)


def test_after_a_load_in_ranges_rows_stand_in_the_order_of_the_database(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table()
    until_state(live, "live")
    assert list(live.df.index) == [
        key for (key,) in backend.sql(f"select id from {table} order by id")
    ]
