"""A Postgres without Supabase's servers, a role that may log in, and live tables that get closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from time import monotonic, sleep
from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.doctor.examine import examine
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.report import Report
from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.postgres import setup
from rtwidget.sources.postgres.source import PostgresSource
from rtwidget.sources.secret import Secret
from rtwidget.widget.live_table import LiveTable
from tests.integration.policies import OWNED, owned_rows
from tests.integration.postgres.ear import Ear
from tests.integration.postgres.foreign_types import SCHEMA, made
from tests.patience import PATIENCE_S
from tests.requested import requested

OpenTable = Callable[..., LiveTable]
OpenSource = Callable[..., Awaitable[PostgresSource]]
Examine = Callable[..., Report]
EXAMINED = ("dsn", "write")
USER = "current_setting('app.reader', true)"
"""Who reads, where many users share one login and say by a setting who they are."""


@pytest.fixture(scope="session")
def backend() -> Iterator[LocalBackend]:
    with LocalBackend(rest=False, realtime=False) as running:
        yield running


@pytest.fixture(scope="session")
def web(backend: LocalBackend) -> str:
    """Connection string of an ordinary role that may select from what is made."""
    return login_dsn(backend.dsn, "web", member_of="authenticated")


@pytest.fixture(scope="module")
def foreign_types(backend: LocalBackend) -> Iterator[None]:
    """Types in a schema that is on nobody's search path."""
    for statement in made():
        backend.sql(statement)
    yield
    backend.sql(f"drop schema {SCHEMA} cascade")


@pytest.fixture
def name(backend: LocalBackend, request: pytest.FixtureRequest) -> Iterator[str]:
    """A table's name, for a table that the test makes and that goes with it."""
    table = f"t_{abs(hash(request.node.nodeid)) % 10**8}"
    yield table
    backend.sql(f"drop table if exists {table} cascade")
    setup.disable(table, backend.dsn)


@pytest.fixture
def ear(backend: LocalBackend, name: str) -> Iterator[Ear]:
    """Hears what is said on the channel of the test's table, from before it is made."""
    with closing(Ear(backend.dsn, name)) as hearing:
        yield hearing


@pytest.fixture
def enabled(backend: LocalBackend, name: str) -> str:
    """A table that has been written to, so that plans of its function are kept by the session."""
    backend.sql(
        f"create table {name} (id serial primary key, n int);insert into {name} (n) values (0), (0)"
    )
    setup.enable(name, backend.dsn)
    backend.sql(f"update {name} set n = 1; insert into {name} values (3, 3)")
    backend.sql(f"delete from {name} where id = 3")
    return name


@pytest.fixture
def open_table(web: str, name: str) -> Iterator[OpenTable]:
    """Open a live table as the ordinary role, unless `source=` says otherwise."""
    opened: list[LiveTable] = []

    def open_one(table: str = name, **options: Any) -> LiveTable:
        opened.append(live_table(table, **{"source": web, **options}))
        return opened[-1]

    yield open_one
    for table in opened:
        table.close()


@pytest.fixture
async def open_source(web: str, name: str) -> AsyncIterator[OpenSource]:
    """Open a source, as the ordinary role unless `source=` says otherwise."""
    opened: list[PostgresSource] = []

    async def open_one(table: str = name, **options: Any) -> PostgresSource:
        dsn = Secret(options.pop("source", web))
        resolved = await requested(table, source=dsn, **options).resolve()
        assert isinstance(resolved.source, PostgresSource)
        opened.append(resolved.source)
        return resolved.source

    yield open_one
    for source in opened:
        await source.aclose()


@pytest.fixture
def examined(web: str, name: str) -> Examine:
    """Examine the test's table as the ordinary role, unless `source=` says otherwise."""

    def examine_one(table: str = name, **options: Any) -> Report:
        ways = {way: options.pop(way) for way in EXAMINED if way in options}
        source = Secret(options.pop("source", web))
        return asyncio.run(examine(requested(table, source=source, **options), **ways))

    return examine_one


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    """A healthy table: announced, with row-level security, one policy and three rows."""
    announced(backend, name, "id int primary key, owner text, n int")
    backend.sql(
        f"insert into {name} select g, 'ada', g from generate_series(1, 3) g;"
        f"alter table {name} enable row level security;"
        f"create policy everybody on {name} using (true)"
    )
    return name


@pytest.fixture
def logins(backend: LocalBackend, name: str) -> Iterator[dict[str, str]]:
    """Connection strings of two roles, which go after the test's table."""
    yield {user: login_dsn(backend.dsn, user, member_of="authenticated") for user in ("ada", "bob")}
    backend.sql(f"drop table if exists {name} cascade; drop owned by ada, bob")
    backend.sql("drop role ada; drop role bob")


@pytest.fixture
def owned(backend: LocalBackend, name: str) -> str:
    """A table whose rows only the user of the settings may see: 1 to 20 are ada's, 21 to 40 bob's."""
    announced(backend, name, OWNED)
    backend.sql(owned_rows(name, USER))
    return name


@pytest.fixture
def adas(owned: str, web: str, open_table: OpenTable) -> LiveTable:
    """The live table as ada sees it."""
    table = open_table(source=as_user(web, "ada"))
    until_state(table, "live")
    return table.wait_ready()


def announced(backend: LocalBackend, table: str, columns: str) -> None:
    """Make a table that announces its changes."""
    backend.sql(f"create table {table} ({columns})")
    setup.enable(table, backend.dsn)


def until_state(table: LiveTable, state: str, timeout_s: float = PATIENCE_S) -> None:
    """Wait for a state; unlike `wait_ready`, also through `failed`."""
    table._handle.wait(
        lambda: True if table.status.state == state else None, timeout_s, f"The state {state}"
    )


def until_true(condition: Callable[[], bool], what: str, timeout_s: float = PATIENCE_S) -> None:
    """Wait for something that no table tells."""
    deadline = monotonic() + timeout_s
    while not condition():
        assert monotonic() < deadline, f"{what} did not happen within {timeout_s} s"
        sleep(0.02)


def not_ok(report: Report) -> dict[str, Verdict]:
    """Return what is a warning or a problem."""
    bad = (Verdict.WARNING, Verdict.PROBLEM)
    return {one.check: one.verdict for one in report if one.verdict in bad}


def as_user(dsn: str, user: str) -> str:
    """Return a connection string whose policies see this user."""
    return f"{dsn}{'&' if '?' in dsn else '?'}options=-c%20app.reader%3D{user}"
