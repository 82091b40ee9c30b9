"""Roles whose sessions the server ends when they are idle, as `idle_session_timeout` has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg import sql

from rtwidget.abc import Live
from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.postgres.connect import open_connection as connecting
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.connect.open_connection import Connection
from rtwidget.sources.postgres.read.statement import Statement
from tests.integration.postgres.conftest import OpenSource, OpenTable, until_true

SHOWN = "select current_setting('idle_session_timeout')"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Connection]:
    """Every connection that is made from now on."""
    connections: list[Connection] = []

    async def connect(address: Address) -> Connection:
        connections.append(await connecting.connect(address))
        return connections[-1]

    for user in ("listen", "pool"):
        monkeypatch.setattr(f"rtwidget.sources.postgres.{user}.connect", connect)
    return connections


@pytest.fixture
def hasty(backend: LocalBackend) -> Iterator[str]:
    """Connection string of a role whose idle sessions are ended."""
    yield login_dsn(backend.dsn, "hasty", member_of="authenticated")
    backend.sql("drop owned by hasty; drop role hasty")


async def test_sessions_of_a_table_stay_while_nothing_happens(
    backend: LocalBackend, table: str, hasty: str, open_source: OpenSource, opened: list[Connection]
) -> None:
    backend.sql("alter role hasty set idle_session_timeout = '1h'")
    source = await open_source(source=hasty)
    await source.read_page(None, None, 10)
    events = source.notifications()
    assert isinstance(await anext(events), Live)
    settings = [(await (await one.execute(SHOWN)).fetchone()) for one in opened]
    assert len(settings) >= 2
    assert set(settings) == {("0",)}
    await events.aclose()


def test_a_session_that_is_ended_for_being_idle_says_which_setting_did_it(
    backend: LocalBackend,
    table: str,
    hasty: str,
    open_table: OpenTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where something in between takes the setting and forgets it."""
    monkeypatch.setattr(
        "rtwidget.sources.postgres.listen.listen.STAYING", Statement(sql.SQL("select 1"))
    )
    backend.sql("alter role hasty set idle_session_timeout = '500ms'")
    live = open_table(source=hasty)
    said: set[str] = set()

    def told() -> bool:
        error = live.status.error
        said.add(f"{error.message} {error.hint}" if error else "")
        return any('alter role "hasty" set idle_session_timeout = 0' in one for one in said)

    until_true(told, f"A word of idle_session_timeout among {said}", 60)
    assert any("ends sessions that are idle" in one for one in said)
