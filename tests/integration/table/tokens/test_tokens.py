"""Tables of one user with tokens of their own: the best one reads and listens for all, and a dead one fails its table alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rtwidget.errors import AuthenticationError
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable
from tests.integration.table.conftest import OpenTable, until_state, until_true
from tests.integration.table.tokens.one_user import SHORT_S, States, ada, sees_changes

pytestmark = pytest.mark.usefixtures("impatient")


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
    until_state(short, "failed")
    assert short.status.error is not None
    assert "a function that returns a fresh token" in short.status.error.hint
    rows = short._handle.snapshot().rows
    assert len(rows) == short.status.rows == 20
    sees_changes(backend, long, owned)
    assert set(states.seen) <= {"live"}
    assert (long.stats.connections, backend.subscriptions) == (1, 1)
    # What it showed when it failed stays, and nothing that another's token reads comes to it.
    assert short._handle.snapshot().rows == rows


@pytest.mark.usefixtures("no_patience")
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
