"""What breaks on the way: the state says so, the rows stay, and everything comes back by itself."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest

from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, publish, until_state, until_true


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    publish(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} select i, 0 from generate_series(1, 10) i")
    return name


def test_closed_sockets_show_offline_then_live_with_the_rows_right(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table().wait_ready()
    seen: list[str] = []
    live.observe(lambda change: seen.append(str(change["new"].state)), "status")
    backend.faults.block_websocket()
    backend.faults.close(1011)
    until_true(lambda: seen[-1:] == ["offline"], "The trait's change to offline")
    status = live.status
    assert status.state == "offline"
    assert status.attempt >= 1
    assert status.retry_at is not None
    assert status.error is not None
    assert len(live.df) == 10
    backend.sql(f"update {table} set n = 1; delete from {table} where id = 2")
    backend.sql(f"insert into {table} values (11, 1)")
    backend.faults.clear()
    live.refresh()
    until_state(live, "live")
    live.wait_for(lambda df: df["n"].to_dict() == dict.fromkeys([1, *range(3, 12)], 1))
    assert live.status.error is None
    assert backend.subscriptions == 1
    until_true(lambda: seen[-1] == "live", "The trait's change to live")


def test_a_server_that_fails_reads_shows_offline_then_live(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table().wait_ready()
    backend.faults.rest_status(503, times=5)
    backend.sql(f"update {table} set n = 1 where id = 1")
    until_state(live, "offline")
    assert live.status.error is not None
    assert live.status.attempt >= 2
    assert live.df.loc[1, "n"] == 0
    backend.faults.clear()
    live.refresh()
    live.wait_for(lambda df: df.loc[1, "n"] == 1)
    until_state(live, "live")
    assert live.stats.failed_reads >= 2


def test_a_reset_of_every_connection_is_survived(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table().wait_ready()
    backend.faults.reset_tcp()
    backend.sql(f"update {table} set n = 2")
    live.wait_for(lambda df: set(df["n"]) == {2})
    until_state(live, "live")


def test_an_unreachable_url_counts_down_and_says_so(open_table: OpenTable) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        live = open_table("anything", url=url)
        until_true(lambda: live.status.attempt >= 2, "A second attempt")
        status = live.status
    assert status.state in {"connecting", "offline"}
    assert status.error is not None
    assert url.removeprefix("http://") in status.error.message
    assert "URL" in status.error.hint
    assert status.retry_at is not None
    assert (status.retry_at - datetime.now(UTC)).total_seconds() < 61


def test_a_backend_that_appears_later_is_found(
    backend: LocalBackend, open_table: OpenTable
) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    live = open_table("late", url=f"http://127.0.0.1:{port}", key=backend.service_key)
    until_true(lambda: live.status.attempt >= 1, "A first attempt")
    secret = backend._secret
    with LocalBackend(dsn=backend.dsn, jwt_secret=secret, port=port):
        publish(backend, "late", "id int primary key")
        backend.sql("insert into late values (7)")
        try:
            live.refresh()
            live.wait_for(lambda df: df.index.tolist() == [7])
        finally:
            live.close()
            backend.sql("drop table late")
