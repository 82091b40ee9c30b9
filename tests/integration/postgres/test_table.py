"""Live tables on PostgreSQL: equal to `select` after any changes, and one role never sees another's rows."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Any

import pandas as pd
import pytest

from rtwidget.errors import ColumnNotFoundError, KeyNotUniqueError, RtwidgetError
from rtwidget.local import LocalBackend
from rtwidget.local.logins import login_dsn
from rtwidget.sources.postgres import setup
from tests.integration.postgres.conftest import OpenTable, announced, until_state, until_true
from tests.integration.table.test_equals_select import COLUMNS, change, expected, found, values

LIVE = pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (
            "id uuid primary key, n int",
            "select md5(g::text)::uuid, g from generate_series({}, {}) g",
        ),
        ("id text primary key, n int", "select 'naïve,\"' || g, g from generate_series({}, {}) g"),
        (
            "at timestamptz primary key, n int",
            "select timestamptz '2024-01-01Z' + g * interval '1.000001 s', g from generate_series({}, {}) g",
        ),
        (
            "region text, no int8, n int, primary key (no, region)",
            "select 'r' || g % 7, 4611686018427387904 + g, g from generate_series({}, {}) g",
        ),
        (
            "day date, at timestamp, n int, primary key (day, at)",
            "select date '2024-01-01' + g, timestamp 'epoch', g from generate_series({}, {}) g",
        ),
        (
            "id float8 primary key, n int",
            "select g / 7.0::float8, g from generate_series({}, {}) g",
        ),
        ("id char(9) primary key, n int", "select g, g from generate_series({}, {}) g"),
    ],
)


def numbers(df: pd.DataFrame) -> list[int]:
    return sorted(df["n"].dropna().astype(int))


def is_now(wanted: list[int], df: pd.DataFrame) -> bool:
    return numbers(df) == wanted


def ready(table: Any) -> Any:
    """Wait until it is live, and every row of before has been read since."""
    until_state(table, "live")
    table.wait_ready()
    return table


def test_after_a_thousand_random_changes_the_frame_equals_the_table(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    chance = Random(20261125)
    announced(backend, name, COLUMNS)
    rows = ", ".join(f"({key}, {values(chance)})" for key in range(1, 2501))
    backend.sql(f"insert into {name} values {rows}")
    table = ready(open_table(numeric="decimal"))
    assert found(table) == expected(backend, name)
    change(backend, name, chance, 1000)
    wanted = expected(backend, name)
    table.wait_for(lambda df: len(df) == len(wanted) and found(table) == wanted)
    assert table.status.state.value == "live"
    assert str(table.df["created_at"].dtype) == "datetime64[us, UTC]"


@LIVE
def test_keys_of_each_kind_follow_every_change(
    backend: LocalBackend, name: str, open_table: OpenTable, columns: str, rows: str
) -> None:
    announced(backend, name, columns)
    backend.sql(f"insert into {name} {rows.format(1, 1500)}")
    table = ready(open_table())
    table.wait_for(partial(is_now, list(range(1, 1501))))
    backend.sql(
        f"update {name} set n = -n where n <= 10; delete from {name} where n between 11 and 20"
    )
    backend.sql(f"insert into {name} {rows.format(2001, 2005)}")
    wanted = [row[0] for row in backend.sql(f"select n from {name} order by n")]
    table.wait_for(partial(is_now, wanted))
    if "float8" not in columns:
        # The trigger spells the key as the reads do, so that no pass is needed.
        assert table.stats.key_reads > 0


def test_a_moved_key_leaves_its_old_place(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select g, g from generate_series(1, 30) g")
    table = ready(open_table(filter="n=lte.20"))
    backend.sql(f"update {name} set id = 900 where id = 7; update {name} set n = 21 where id = 8")
    table.wait_for(lambda df: 900 in df.index and not {7, 8} & set(df.index) and len(df) == 19)


def test_bulk_updates_and_truncate_are_announced_as_everything(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select g, 0 from generate_series(1, 100000) g")
    table = ready(open_table(filter="id=lte.500"))
    before = table.stats.notifications
    backend.sql(f"update {name} set n = 1")
    table.wait_for(lambda df: df["n"].sum() == 500)
    assert table.stats.notifications == before + 1
    assert table.stats.key_reads == 0
    backend.sql(f"truncate {name}")
    table.wait_for(lambda df: len(df) == 0)


def test_top_rows_follow(backend: LocalBackend, name: str, open_table: OpenTable) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select g, g from generate_series(1, 100) g")
    table = ready(open_table(order_by="n.desc", limit=5))
    assert numbers(table.df) == [96, 97, 98, 99, 100]
    backend.sql(f"delete from {name} where n = 99; insert into {name} values (101, 1000)")
    table.wait_for(partial(is_now, [96, 97, 98, 100, 1000]))


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
    monkeypatch.setattr("rtwidget.sources.postgres.listen.BEAT_S", 0.5)
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
    for user, table in tables.items():
        table.on_change(lambda _, table=table, user=user: seen[user].update(table.df["owner"]))
    for round_ in range(10):
        owner = ("bob", "ada")[round_ % 2]
        backend.sql(f"update {name} set owner = '{owner}' where id <= 5")
        backend.sql(f"insert into {name} values ({100 + round_}, '{owner}', 0)")
    for user, table in tables.items():
        wanted = {row[0] for row in backend.sql(f"select id from {name} where owner = %s", user)}
        table.wait_for(lambda df, wanted=wanted: set(df.index) == wanted)
        until_true(lambda user=user: bool(seen[user]), "A change")
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
    listeners = (
        "select count(*) from pg_stat_activity where usename = 'web' and query like 'listen%%'"
    )
    assert third is not None
    (listening,) = backend.sql(
        "select count(distinct pid) from pg_stat_activity where usename = 'web' and query ilike %s",
        "unlisten%",
    )[0]
    assert listening == 1
    first.close()
    backend.sql(f"insert into {name} values (1, 9)")
    second.wait_for(partial(is_now, [9]))
    third.wait_for(partial(is_now, [9]))


def test_supabases_arguments_are_refused_beside_a_source(open_table: OpenTable) -> None:
    with pytest.raises(RtwidgetError, match="the one or the other"):
        open_table(url="https://ref.supabase.co")
