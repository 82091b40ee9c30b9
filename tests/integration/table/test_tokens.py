"""Tables of one user with tokens of their own: the best one reads and listens for all, and a dead one fails its table alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rtwidget.errors import AuthenticationError
from rtwidget.feed import identity_watch
from rtwidget.local import LocalBackend
from rtwidget.sources.supabase.tokens import lent, pool
from rtwidget.widget.live_table import LiveTable
from tests.integration.table.conftest import OpenTable, until_state, until_true

SHORT_S = 4.0


@pytest.fixture(autouse=True)
def impatient(backend: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second stands for what is ten or thirty otherwise."""
    monkeypatch.setattr(identity_watch, "IDENTITY_ASKED_S", (0.2, 600.0))
    monkeypatch.setattr(lent, "TRIED_AGAIN_S", 0.5)
    monkeypatch.setattr(pool, "RENEW_AGAIN_S", 0.2)
    leeway_s, backend.settings.token_leeway_s = backend.settings.token_leeway_s, 1.0
    yield
    backend.settings.token_leeway_s = leeway_s


class States:
    """Every state that a table is told from now on."""

    attentive = False

    def __init__(self, table: LiveTable) -> None:
        self.seen: list[str] = []
        table._handle.follow(self)

    def changed(self, delta: object) -> None: ...

    def told(self, status: Any) -> None:
        self.seen.append(str(status.state))

    def emptied(self) -> None: ...


def ada(backend: LocalBackend, ttl_s: float = 3600) -> str:
    return backend.token("authenticated", "ada", ttl_s=ttl_s)


def sees_changes(backend: LocalBackend, table: LiveTable, name: str) -> None:
    """Wait until a table shows a change that is made now."""
    n = int(backend.sql(f"update {name} set n = n + 1 where id = 1 returning n")[0][0])
    table.wait_for(lambda df: int(df.loc[1, "n"]) == n)


@pytest.mark.parametrize("expired_first", [True, False])
def test_an_expired_token_and_a_fresh_one_of_the_same_user(
    backend: LocalBackend, owned: str, open_table: OpenTable, *, expired_first: bool
) -> None:
    def open_fresh() -> LiveTable:
        return open_table(access_token=ada(backend)).wait_ready()

    fresh = None if expired_first else open_fresh()
    expired = open_table(access_token=ada(backend, -100))
    states = States(expired)
    until_state(expired, "failed")
    with pytest.raises(AuthenticationError, match="JWT expired") as caught:
        expired.wait_ready()
    assert "`access_token=`" in caught.value.hint
    fresh = fresh or open_fresh()
    until_state(fresh, "live")
    states.seen.clear()
    sees_changes(backend, fresh, owned)
    assert states.seen == []
    expired.refresh()
    until_true(lambda: "failed" in states.seen, "The refused retry")
    assert set(states.seen) == {"connecting", "failed"}
    expired.close()
    sees_changes(backend, fresh, owned)
    assert (str(fresh.status.state), fresh.stats.connections) == ("live", 1)


def test_a_function_that_gives_a_good_token_again_ends_the_failure(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    given = [ada(backend, -100)]
    table = open_table(access_token=lambda: given[0])
    until_state(table, "failed")
    fresh = open_table(access_token=ada(backend)).wait_ready()
    assert str(table.status.state) == "failed"
    given[0] = ada(backend)
    table.refresh()
    table.wait_ready()
    until_state(table, "live")
    sees_changes(backend, table, owned)
    assert backend.subscriptions == 1
    assert fresh.stats.connections == 1


@pytest.mark.parametrize("short_first", [True, False])
@pytest.mark.parametrize("filtered", [False, True])
def test_a_short_and_a_long_lived_token_of_the_same_user(
    backend: LocalBackend,
    owned: str,
    open_table: OpenTable,
    *,
    short_first: bool,
    filtered: bool,
) -> None:
    opens: dict[str, Callable[[], LiveTable]] = {
        "short": lambda: open_table(access_token=ada(backend, SHORT_S)),
        # Another filter makes another feed, on the same stream.
        "long": lambda: open_table(
            access_token=ada(backend), filter="n=gte.0" if filtered else None
        ),
    }
    names = ["short", "long"] if short_first else ["long", "short"]
    tables = {name: opens[name]().wait_ready() for name in names}
    short, long = tables["short"], tables["long"]
    for table in tables.values():
        until_state(table, "live")
    states = States(long)
    sees_changes(backend, short, owned)
    until_state(short, "failed", timeout_s=60)
    assert short.status.error is not None
    assert "a function that returns a fresh token" in short.status.error.hint
    rows = short._handle.snapshot().rows
    assert len(rows) == short.status.rows == 20
    sees_changes(backend, long, owned)
    assert set(states.seen) <= {"live"}
    assert (long.stats.connections, backend.subscriptions) == (1, 1)
    # What it showed when it failed stays, and nothing that another's token reads comes to it.
    assert short._handle.snapshot().rows == rows


def test_the_table_whose_token_is_in_use_is_closed(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    asked: list[str] = []

    def of_the_first() -> str:
        asked.append("first")
        return ada(backend, 7200)

    first = open_table(access_token=of_the_first).wait_ready()
    second = open_table(access_token=ada(backend)).wait_ready()
    until_state(second, "live")
    first.close()
    asked.clear()
    states = States(second)
    for _ in range(3):
        sees_changes(backend, second, owned)
    second.refresh()
    assert set(states.seen) <= {"live"}
    assert (asked, second.stats.connections) == ([], 1)
    # A new connection is joined without it too.
    backend.faults.close()
    until_true(lambda: second.stats.connections == 2, "The second connection", 30)
    sees_changes(backend, second, owned)
    assert asked == []


def test_two_functions_of_which_one_stops_to_give_tokens(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    signed_in = [True]

    def may_stop() -> str:
        if not signed_in[0]:
            raise AuthenticationError("Signed out.")
        return ada(backend, SHORT_S)

    stops = open_table(access_token=may_stop).wait_ready()
    goes_on = open_table(access_token=lambda: ada(backend, SHORT_S)).wait_ready()
    for table in (stops, goes_on):
        until_state(table, "live")
    signed_in[0] = False
    until_state(stops, "failed", timeout_s=60)
    sees_changes(backend, goes_on, owned)
    signed_in[0] = True
    stops.refresh()
    stops.wait_ready()
    sees_changes(backend, stops, owned)


def test_forged_claims_of_a_user_show_nothing_of_that_users_rows(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    token = ada(backend)
    good = open_table(access_token=token).wait_ready()
    until_state(good, "live")
    head, body, _ = token.split(".")
    forged = open_table(access_token=f"{head}.{body}.{'A' * 43}")
    states = States(forged)
    until_state(forged, "failed")
    assert set(states.seen) <= {"connecting", "failed"}
    assert forged._handle.snapshot().rows == ()
    sees_changes(backend, good, owned)
