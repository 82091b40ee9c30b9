"""Rows that enter and leave: filters, the top N, the empty table, truncation, other keys, other columns."""

from __future__ import annotations

import pytest

from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, publish, until_state, until_true


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    publish(backend, name, "id int primary key, status text, score int")
    backend.sql(
        f"insert into {name} select i, case when i % 2 = 0 then 'even' else 'odd' end, i * 10"
        f" from generate_series(1, 10) i"
    )
    return name


def test_rows_enter_and_leave_a_filter(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table(filter="status=eq.even").wait_ready()
    assert live.df.index.tolist() == [2, 4, 6, 8, 10]
    backend.sql(f"update {table} set status = 'odd' where id = 2")
    backend.sql(f"update {table} set status = 'even' where id = 1")
    backend.sql(f"insert into {table} values (11, 'odd', 0), (12, 'even', 0)")
    live.wait_for(lambda df: sorted(df.index) == [1, 4, 6, 8, 10, 12])
    assert set(live.df["status"]) == {"even"}


def test_the_top_rows_keep_their_order_while_others_push_in(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table(order_by="score.desc", limit=3).wait_ready()
    assert live.df.index.tolist() == [10, 9, 8]
    backend.sql(f"insert into {table} values (50, 'new', 95)")
    live.wait_for(lambda df: df.index.tolist() == [10, 50, 9])
    backend.sql(f"update {table} set score = 1000 where id = 1")
    live.wait_for(lambda df: df.index.tolist() == [1, 10, 50])
    backend.sql(f"delete from {table} where id in (1, 50)")
    live.wait_for(lambda df: df.index.tolist() == [10, 9, 8])


def test_an_order_without_a_limit_orders_all_rows(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table(order_by=["status.desc", "score"]).wait_ready()
    assert live.df.index.tolist() == [1, 3, 5, 7, 9, 2, 4, 6, 8, 10]
    backend.sql(f"update {table} set score = null where id = 1")
    live.wait_for(lambda df: df.index.tolist() == [3, 5, 7, 9, 1, 2, 4, 6, 8, 10])


def test_only_the_columns_that_were_asked_for_come_and_the_key_with_them(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table(columns=["score"]).wait_ready()
    assert list(live.df.columns) == ["score"]
    assert live.df.index.name == "id"
    backend.sql(f"update {table} set status = 'unseen', score = 7 where id = 3")
    live.wait_for(lambda df: df.loc[3, "score"] == 7)


def test_an_empty_table_is_an_empty_frame_until_rows_come(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    backend.sql(f"delete from {table}")
    live = open_table().wait_ready()
    assert len(live.df) == 0
    assert live.df.index.name == "id"
    backend.sql(f"insert into {table} values (1, 'first', 5)")
    live.wait_for(lambda df: len(df) == 1)
    assert live.df.loc[1, "status"] == "first"
    backend.sql(f"delete from {table}")
    live.wait_for(lambda df: len(df) == 0)
    assert list(live.df.columns) == ["status", "score"]


def test_a_truncated_table_is_found_by_refresh(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table().wait_ready()
    backend.sql(f"truncate {table}")
    live.refresh()
    live.wait_for(lambda df: len(df) == 0)


def test_a_row_with_a_new_key_leaves_its_old_one(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table().wait_ready()
    backend.sql(f"update {table} set id = id + 100 where id <= 3")
    live.wait_for(lambda df: sorted(df.index) == [4, 5, 6, 7, 8, 9, 10, 101, 102, 103])
    assert live.df.loc[103, "score"] == 30


def test_a_column_that_is_added_and_one_that_goes_are_picked_up_while_live(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table().wait_ready()
    backend.sql(f"alter table {table} add column note text default 'hello'")
    backend.sql(f"update {table} set score = 0 where id = 1")
    live.wait_for(lambda df: "note" in df.columns and df["score"].get(1) == 0)
    assert len(live.df) == 10
    assert set(live.df["note"]) == {"hello"}
    backend.sql(f"alter table {table} drop column status")
    live.refresh()
    live.wait_for(lambda df: list(df.columns) == ["score", "note"])
    assert len(live.df) == 10
    until_state(live, "live")


def test_a_named_column_that_goes_fails_the_table(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table(columns=["id", "status"]).wait_ready()
    backend.sql(f"alter table {table} drop column status")
    live.refresh()
    until_state(live, "failed")
    assert live.status.error is not None
    assert "status" in live.status.error.message
    until_true(lambda: backend.subscriptions == 0, "Leaving the stream")
    assert len(live.df) == 10
