"""One backend for all tests of whole tables; each test makes tables of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.feed.sharing import identity_watch
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from rtwidget.sources.supabase.tokens import lent_token as lent
from rtwidget.sources.supabase.tokens import refusal_patience as patience
from rtwidget.sources.supabase.tokens import token_keeper as keeper
from rtwidget.sources.supabase.tokens import token_pool as pool
from rtwidget.widget.live_table import LiveTable
from tests.integration.policies import OWNED, owned_rows
from tests.integration.steady import steady_backend
from tests.patience import PATIENCE_S

OpenTable = Callable[..., LiveTable]
ROWS = 10


@pytest.fixture(scope="session")
def backend() -> Iterator[LocalBackend]:
    with steady_backend() as running:
        yield running


@pytest.fixture
def name(backend: LocalBackend, request: pytest.FixtureRequest) -> Iterator[str]:
    """A table's name, for a table that the test makes and that goes with it."""
    table = f"t_{abs(hash(request.node.nodeid)) % 10**8}"
    yield table
    backend.faults.clear()
    backend.sql(f"drop table if exists {table} cascade")


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first refusal of a token be as good as a minute of them."""
    monkeypatch.setattr(patience, "REFUSED_S", 0.0)


@pytest.fixture
def open_table(backend: LocalBackend, name: str) -> Iterator[OpenTable]:
    """Open a live table on the test's table; closed at the end, and then nothing is subscribed."""
    opened: list[LiveTable] = []

    def open_one(table: str = name, **options: Any) -> LiveTable:
        options = {"url": backend.url, "key": backend.anon_key, **options}
        opened.append(live_table(table, **options))
        return opened[-1]

    yield open_one
    for table in opened:
        table.close()
    assert backend.subscriptions == 0


@pytest.fixture(params=["supabase", "postgres"])
def open_either(
    request: pytest.FixtureRequest, backend: LocalBackend, name: str
) -> Iterator[OpenTable]:
    """Open a table of ten rows, from either source; closed at the end, and then nothing is subscribed."""
    publish(backend, name, "id int primary key, body jsonb")
    backend.sql(f"insert into {name} select n, '1' from generate_series(1, {ROWS}) n")
    setup.enable(name, backend.dsn)
    supabase = {"url": backend.url, "key": backend.anon_key}
    source: dict[str, Any] = supabase if request.param == "supabase" else {"source": backend.dsn}
    opened: list[LiveTable] = []

    def open_one(**options: Any) -> LiveTable:
        opened.append(live_table(name, **source, **options))
        return opened[-1]

    yield open_one
    for table in opened:
        table.close()
    assert backend.subscriptions == 0


@pytest.fixture
def owned(backend: LocalBackend, name: str) -> str:
    """A table whose rows only their owner may see: 1 to 20 are ada's, 21 to 40 bob's."""
    publish(backend, name, OWNED)
    backend.sql(owned_rows(name, "auth.jwt() ->> 'sub'"))
    return name


@pytest.fixture
def impatient(backend: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second stands for what is ten or thirty otherwise."""
    monkeypatch.setattr(identity_watch, "IDENTITY_ASKED_S", (0.2, 600.0))
    monkeypatch.setattr(lent, "TRIED_AGAIN_S", 0.5)
    monkeypatch.setattr(pool, "RENEW_AGAIN_S", 0.2)
    monkeypatch.setattr(keeper, "RENEW_AGAIN_S", 0.2)
    leeway_s, backend.settings.token_leeway_s = backend.settings.token_leeway_s, 1.0
    yield
    backend.settings.token_leeway_s = leeway_s


def publish(backend: LocalBackend, table: str, columns: str) -> None:
    """Make a table whose changes are announced."""
    backend.sql(f"create table {table} ({columns})")
    backend.sql(f"alter publication supabase_realtime add table {table}")


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
