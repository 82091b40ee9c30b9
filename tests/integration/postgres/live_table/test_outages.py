"""What breaks between a live table and its Postgres: kills, restarts, silence, another password. Rows stay, and come right again."""

from __future__ import annotations

import logging
from functools import partial
from time import monotonic
from typing import Any

import pytest

from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from tests.integration.forks import AT_ONCE_S
from tests.integration.postgres.conftest import OpenTable, announced, until_state, until_true
from tests.integration.postgres.live_table.test_table import is_now, ready
from tests.integration.postgres.proxy import Proxy
from tests.patience import PATIENCE_S


def test_kills_of_every_connection_repair_themselves(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    table = ready(open_table())
    for round_ in range(3):
        connections = table.stats.connections
        backend.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'web'")
        backend.sql(f"insert into {name} values ({round_}, {round_})")
        table.wait_for(partial(is_now, list(range(round_ + 1))))
        table._handle.wait(
            lambda connections=connections: True if table.stats.connections > connections else None,
            30,
            "Another",
        )
        ready(table)


@pytest.mark.parametrize("how", ["crash", "in order"])
def test_a_restart_is_survived_and_what_was_written_meanwhile_is_found(
    backend: LocalBackend, name: str, open_table: OpenTable, how: str
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} values (1, 1)")
    table = ready(open_table())
    backend.faults.restart_postgres(crash=how == "crash")
    backend.sql(f"insert into {name} values (2, 2)")
    table.wait_for(partial(is_now, [1, 2]))
    ready(table)
    backend.sql(f"insert into {name} values (3, 3)")
    table.wait_for(partial(is_now, [1, 2, 3]))
    assert table.status.state.value == "live"


def test_a_server_that_is_away_leaves_the_rows_and_says_so(
    backend: LocalBackend, web: str, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} values (1, 1)")
    with Proxy(web) as proxy:
        table = ready(open_table(source=proxy.dsn))
    until_state(table, "offline")
    table.refresh()
    until_state(table, "offline")
    assert len(table.df) == 1
    assert table.status.error is not None


def test_a_cut_is_repaired_by_a_pass(
    backend: LocalBackend, web: str, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    with Proxy(web) as proxy:
        table = ready(open_table(source=proxy.dsn))
        proxy.cut()
        backend.sql(f"insert into {name} values (1, 1)")
        table.wait_for(partial(is_now, [1]))
        ready(table)


def test_silence_is_noticed_by_the_heartbeat_and_repaired(
    backend: LocalBackend,
    web: str,
    name: str,
    open_table: OpenTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.5)
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listening_connection.REPLY_S", 0.5)
    announced(backend, name, "id int primary key, n int")
    with Proxy(web) as proxy:
        table = ready(open_table(source=proxy.dsn))
        proxy.silence(on=True)
        backend.sql(f"insert into {name} values (1, 1)")
        until_state(table, "offline")
        proxy.silence(on=False)
        table.wait_for(partial(is_now, [1]))
        ready(table)
        table.close()


def test_a_network_that_stalls_in_a_read_keeps_no_lock(
    backend: LocalBackend, web: str, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} values (1, 1)")
    with Proxy(web) as proxy:
        table = ready(open_table(source=proxy.dsn))
        proxy.stalls_after = name.encode()
        table.refresh()
        until_true(lambda: proxy.silent, "A read that stalls")
        backend.sql(f"set lock_timeout = '2s'; truncate {name}; reset lock_timeout")
        proxy.stalls_after = None
        proxy.silence(on=False)
        table.wait_for(partial(is_now, []))
        table.close()


def test_another_password_needs_the_user_and_is_shown_nowhere(
    backend: LocalBackend,
    name: str,
    open_table: OpenTable,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    first = login_dsn(backend.dsn, "eve", member_of="authenticated")
    announced(backend, name, "id int primary key, n int")
    table = ready(open_table(source=first))
    second = login_dsn(backend.dsn, "eve")
    backend.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'eve'")
    table.refresh()
    until_state(table, "failed")
    assert "password authentication failed" in str(table.status.error)
    password = first.partition("eve:")[2].partition("@")[0]
    shown = _everything(table) + caplog.text
    assert password not in shown
    assert len(ready(open_table(source=second)).df) == 0


def _everything(table: Any) -> str:
    return "".join(map(repr, [table, table.status, table.get_state(), table.stats, table.df.attrs]))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda dsn: dsn.rpartition("/")[0] + "/no_such_db", "does not exist"),
        (lambda dsn: dsn + "?sslmode=require", "does not support SSL"),
    ],
)
def test_what_time_does_not_mend_fails_at_once(
    web: str, open_table: OpenTable, change: Any, words: str
) -> None:
    table = open_table(source=change(web))
    until_state(table, "failed")
    assert words in str(table.status.error)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("postgresql://web@127.0.0.1:9/db", "refused"),
        ("postgresql://web@no-such-host.invalid/db", "no-such-host.invalid"),
    ],
)
def test_a_host_that_does_not_answer_is_tried_again(
    open_table: OpenTable, source: str, words: str
) -> None:
    table = open_table(source=source)
    table._handle.wait(lambda: True if table.status.error else None, PATIENCE_S, "An error")
    assert words in str(table.status.error)
    assert table.status.state.value in {"connecting", "offline"}
    began = monotonic()
    table.close()
    assert monotonic() - began < AT_ONCE_S
