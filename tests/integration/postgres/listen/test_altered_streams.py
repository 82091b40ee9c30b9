"""A live table whose triggers are altered: not live a heartbeat later, with the reason; or read again."""

from __future__ import annotations

from contextlib import aclosing

import pytest

from rtwidget.abc import Live
from rtwidget.errors import ConnectionLostError, NotificationsUnavailableError
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.conftest import OpenSource, OpenTable, announced, until_state
from tests.integration.postgres.live_table.test_table import ready
from tests.integration.postgres.old_triggers import enable_as_before
from tests.integration.postgres.watching import end_of, upcoming

pytestmark = pytest.mark.usefixtures("quick_beat")
SILENCED = "create or replace function rtwidget_notify_{0}() returns trigger language plpgsql as 'begin return null; end'"


@pytest.fixture
def quick_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.3)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("alter table {0} rename id to uid", "(id)"),
        (
            "alter table {0} drop id; alter table {0} add uid int generated always as identity primary key",
            "(id)",
        ),
        (
            "alter table {0} drop constraint {0}_pkey; alter table {0} add uid int generated always as identity primary key",
            "(uid)",
        ),
        (SILENCED, "altered"),
        ("alter table {0} disable trigger all", "disabled"),
        ("drop trigger rtwidget_truncate on {0}", "rtwidget_truncate"),
    ],
)
def test_an_altered_table_is_polled_until_it_is_enabled_again(
    backend: LocalBackend, name: str, open_table: OpenTable, change: str, why: str
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} values (1, 1)")
    table = ready(open_table())
    backend.sql(change.format(name))
    until_state(table, "polling")
    problem = table.status.error
    assert problem is not None
    assert why in problem.message
    assert f"rtwidget postgres enable {name} --dsn" in problem.hint
    backend.sql(f"update {name} set n = 7")
    setup.enable(name, backend.dsn)
    table.refresh()
    ready(table).wait_for(lambda df: list(df["n"]) == [7])


async def test_triggers_of_an_older_version_are_not_believed(
    backend: LocalBackend, name: str, open_source: OpenSource
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    enable_as_before(backend, name)
    error = await end_of((await open_source()).notifications())
    assert isinstance(error, NotificationsUnavailableError)
    assert "older version" in error.message


@pytest.mark.parametrize(
    "change",
    [
        "alter table {0} disable trigger all; insert into {0} values (9, 9); alter table {0} enable trigger all",
        "alter table {0} alter n type int using n + 1",
        "alter table {0} detach partition {0}_1; alter table {0}_1 rename to gone_{0}; drop table gone_{0}",
    ],
)
async def test_what_happened_unheard_between_two_heartbeats_ends_the_stream(
    backend: LocalBackend, name: str, open_source: OpenSource, change: str
) -> None:
    if "partition" in change:
        announced(backend, name, "id int primary key, n int) partition by range (id")
        backend.sql(f"create table {name}_1 partition of {name} for values from (0) to (100)")
        setup.enable(name, backend.dsn)
    else:
        announced(backend, name, "id int primary key, n int")
    async with aclosing((await open_source()).notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
        backend.sql(f"begin; {change.format(name)}; commit")
        error = await end_of(events)
    assert isinstance(error, ConnectionLostError)
    assert "altered" in error.message


def test_a_table_that_a_subscription_writes_to_is_polled(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key")
    table = ready(open_table())
    backend.sql(f"create publication p_{name} for table {name}")
    try:
        backend.sql(
            f"create subscription s_{name} connection '{backend.dsn}' publication p_{name}"
            " with (create_slot = false, enabled = false, slot_name = none)"
        )
        until_state(table, "polling")
        assert "logical replication" in str(table.status.error)
        said = setup.enable(name, backend.dsn, dry_run=True)
        assert "it stays polled" in said.partition("create or replace")[0]
    finally:
        backend.sql(f"drop subscription if exists s_{name}")
        backend.sql(f"drop publication p_{name}")
