"""Refusals that pass by themselves keep the rows and end by themselves; those that do not say what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from tests.integration.table.conftest import OpenTable, publish, until_state, until_true
from tests.integration.table.tokens.one_user import ada

OPTIONS: dict[str, Callable[[LocalBackend], dict[str, Any]]] = {
    "key": lambda _: {},
    "token": lambda backend: {"access_token": ada(backend)},
    "function": lambda backend: {"access_token": lambda: ada(backend)},
}


@pytest.mark.parametrize("way", OPTIONS)
def test_a_token_that_is_refused_for_a_moment(
    backend: LocalBackend, name: str, open_table: OpenTable, way: str
) -> None:
    publish(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} values (1, 0)")
    table = open_table(**OPTIONS[way](backend))
    until_state(table, "live")
    backend.faults.rest_status(401, times=3)
    backend.sql(f"update {name} set n = 1")
    until_true(lambda: bool(table.to_pandas(partial=True).loc[1, "n"] == 1), "The change", 30)
    until_state(table, "live")


@pytest.mark.parametrize("source", ["supabase", "postgres"])
def test_a_view_that_divides_by_zero_for_a_moment(
    backend: LocalBackend, name: str, open_table: OpenTable, source: str
) -> None:
    backend.sql(f"create table {name} (id int primary key, parts int)")
    backend.sql(f"insert into {name} values (1, 2), (2, 1)")
    backend.sql(f"create view {name}_v as select id, 12 / parts as size from {name}")
    login = {"source": login_dsn(backend.dsn, "web", member_of="anon"), "url": None, "key": None}
    options = login if source == "postgres" else {}
    table = open_table(f"{name}_v", primary_key="id", **options)
    until_state(table, "polling")
    backend.sql(f"update {name} set parts = 0 where id = 2")
    table.refresh()
    until_state(table, "offline")
    words = str(table.status.error)
    assert "division by zero" in words
    assert "view or a policy" in words
    assert "filter" not in words
    assert len(table.to_pandas(partial=True)) == 2
    backend.sql(f"update {name} set parts = 3 where id = 2")
    until_true(lambda: bool(table.to_pandas(partial=True).loc[2, "size"] == 4), "The row", 60)
    until_state(table, "polling")


def test_a_role_that_may_read_some_columns_is_told_which_argument_names_them(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    publish(backend, name, "id int primary key, name text, salary int")
    backend.sql(f"revoke all on {name} from anon; grant select (id, name) on {name} to anon")
    table = open_table()
    until_state(table, "failed")
    assert '`columns=["id"]`' in str(table.status.error)
    some = open_table(columns=["id", "name"])
    until_state(some, "live")
    backend.sql(f"alter table {name} add column iban text")
    until_state(some, "live")
    all_of_it = open_table()
    until_state(all_of_it, "failed")
    assert "`columns=" in str(all_of_it.status.error)
