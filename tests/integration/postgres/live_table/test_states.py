"""Polling, failing and coming back, and whose rows are seen."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

from rtwidget.errors import ColumnNotFoundError, KeyNotUniqueError
from rtwidget.feed.changes import Change
from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.postgres import setup
from tests.integration.postgres.conftest import OpenTable, announced, until_state, until_true
from tests.integration.postgres.live_table.test_table import is_now, numbers, ready


def test_without_triggers_it_polls_says_why_and_goes_live_when_they_come(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    backend.sql(f"create table {name} (id int primary key, n int)")
    table = open_table(verify_every=1).wait_ready()
    until_state(table, "polling")
    problem = table.status.error
    assert problem is not None
    assert f"rtwidget postgres enable {name}" in problem.hint
    backend.sql(f"insert into {name} values (1, 1)")
    table.wait_for(lambda df: 1 in df.index)
    setup.enable(name, backend.dsn)
    table.refresh()
    ready(table)


def test_a_view_polls(backend: LocalBackend, name: str, open_table: OpenTable) -> None:
    backend.sql(f"create table {name} (id int primary key, n int)")
    backend.sql(f"create view v_{name} as select id, n * 2 as n from {name}")
    table = open_table(f"v_{name}", primary_key="id", verify_every=1).wait_ready()
    until_state(table, "polling")
    backend.sql(f"insert into {name} values (1, 21)")
    table.wait_for(partial(is_now, [42]))


def test_a_table_that_is_dropped_and_made_again(
    backend: LocalBackend, name: str, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.5)
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} values (1, 1)")
    table = ready(open_table())
    backend.sql(
        f"begin; drop table {name}; create table {name} (id uuid primary key, n int, more text);"
        f" insert into {name} select gen_random_uuid(), g, 'x' from generate_series(1, 3) g; commit"
    )
    until_state(table, "polling")
    table.wait_for(lambda df: numbers(df) == [1, 2, 3] and "more" in df.columns)
    setup.enable(name, backend.dsn)
    table.refresh()
    ready(table)
    backend.sql(f"delete from {name} where n = 2")
    table.wait_for(partial(is_now, [1, 3]))


def test_what_only_the_user_can_mend_fails_with_the_remedy(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    table = open_table()
    until_state(table, "failed")
    assert "There is no table" in table.status.error.message  # type: ignore[union-attr]
    backend.sql(
        f"create table {name} (id int primary key, n int); revoke all on {name} from authenticated"
    )
    table.refresh()
    until_true(lambda: "may not read" in str(table.status.error), "The refusal")
    backend.sql(f"grant select on {name} to authenticated")
    table.refresh()
    table.wait_ready()
    for options, kind in (
        ({"columns": ["no"]}, ColumnNotFoundError),
        ({"primary_key": "n"}, KeyNotUniqueError),
    ):
        backend.sql(f"insert into {name} values (1, null) on conflict do nothing")
        with pytest.raises(kind):
            open_table(**options).wait_ready()


def has_keys(wanted: set[int], df: pd.DataFrame) -> bool:
    return set(df.index) == wanted


def test_each_role_sees_its_own_rows_at_every_moment(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    logins = {
        user: login_dsn(backend.dsn, user, member_of="authenticated") for user in ("ada", "bob")
    }
    announced(backend, name, "id int primary key, owner text, n int")
    backend.sql(
        f"insert into {name} select g, case when g <= 20 then 'ada' else 'bob' end, g from generate_series(1, 40) g;"
        f"alter table {name} enable row level security;"
        f"create policy own on {name} using (owner = current_user)"
    )
    tables = {user: ready(open_table(source=dsn)) for user, dsn in logins.items()}
    seen: dict[str, set[str]] = {user: set() for user in tables}

    def look(user: str, _: Change) -> None:
        seen[user].update(tables[user].df["owner"])

    for user, table in tables.items():
        table.on_change(partial(look, user))
    for round_ in range(10):
        owner = ("bob", "ada")[round_ % 2]
        backend.sql(f"update {name} set owner = '{owner}' where id <= 5")
        backend.sql(f"insert into {name} values ({100 + round_}, '{owner}', 0)")
    for user, table in tables.items():
        wanted = {row[0] for row in backend.sql(f"select id from {name} where owner = %s", user)}
        table.wait_for(partial(has_keys, wanted))
        until_true(partial(bool, seen[user]), "A change")
        assert seen[user] == {user}
    backend.sql(
        f"drop policy own on {name}; drop table {name}; drop owned by ada, bob; drop role ada; drop role bob"
    )


def test_equal_tables_share_their_feed_and_one_listener(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    first, second = ready(open_table()), ready(open_table())
    third = ready(open_table(filter="n=gt.5"))
    assert first._handle._attachment._lease.feed is second._handle._attachment._lease.feed
    (listening,) = backend.sql(
        "select count(distinct pid) from pg_stat_activity where usename = 'web' and query ilike %s",
        "unlisten%",
    )[0]
    assert listening == 1
    first.close()
    backend.sql(f"insert into {name} values (1, 9)")
    second.wait_for(partial(is_now, [9]))
    third.wait_for(partial(is_now, [9]))
