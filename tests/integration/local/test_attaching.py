"""Attaching to a Postgres that is there already, and leaving it as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import websockets

from rtwidget.local import LocalBackend, LocalBackendError, Settings
from tests.integration.local.conftest import PhoenixClient
from tests.integration.local.waiting import is_up, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def host() -> Iterator[LocalBackend]:
    """A Postgres of its own to attach to, without servers."""
    with LocalBackend(rest=False, realtime=False) as backend:
        yield backend


def test_attaching_twice_sets_up_once_and_leaves_no_slot(host: LocalBackend) -> None:
    for _ in range(2):
        with LocalBackend(dsn=host.dsn) as attached:
            slots = host.sql("select temporary from pg_replication_slots")
            assert slots == [(True,)]
            assert attached.dsn == host.dsn
        wait_until(lambda: host.sql("select from pg_replication_slots") == [])
    assert is_up(host.dsn)


def test_attaching_without_logical_log_names_the_setting(host: LocalBackend) -> None:
    host.sql("alter system set wal_level = 'replica'")
    assert host._postgres is not None
    host._postgres.stop_server()
    host._postgres.start_server()
    with pytest.raises(LocalBackendError, match="ALTER SYSTEM SET wal_level = 'logical';"):
        LocalBackend(dsn=host.dsn).start()


def test_attaching_without_rights_names_the_right(host: LocalBackend) -> None:
    host.sql("create role plain login password 'x'")
    dsn = f"postgresql://plain:x@127.0.0.1:{host._postgres.port if host._postgres else 0}/postgres"
    with pytest.raises(LocalBackendError, match="ALTER ROLE plain SUPERUSER;"):
        LocalBackend(dsn=dsn).start()


def test_attaching_to_nothing() -> None:
    with pytest.raises(LocalBackendError, match="cannot be reached"):
        LocalBackend(dsn="postgresql://nobody@127.0.0.1:1/postgres").start()


async def test_table_made_anew_is_subscribed_again(host: LocalBackend) -> None:
    published = "alter publication supabase_realtime add table items"
    # The table is there before the server first looks, so that what it notices is the new one.
    host.sql("create table items(id int primary key);" + published)
    with LocalBackend(
        dsn=host.dsn, settings=replace(Settings.prompt(), check_publication_s=0.02)
    ) as backend:
        address = backend.url.replace("http", "ws", 1) + "/realtime/v1/websocket?apikey="
        async with websockets.connect(address + backend.service_key, proxy=None) as socket:
            client = PhoenixClient(socket)
            await client.join()
            backend.sql("drop table items; create table items(id int primary key);" + published)
            again = await client.read()
            assert again["payload"]["message"] == "Subscribed to PostgreSQL"
            backend.sql("insert into items values (7)")
            assert (await client.change())["record"] == {"id": 7}
