"""Tables of one user whose functions and clients stop to give tokens, give others, or go with their table."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from rtwidget.errors import AuthenticationError
from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, until_state, until_true
from tests.integration.table.tokens.one_user import SHORT_S, States, ada, sees_changes

pytestmark = pytest.mark.usefixtures("impatient")


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
    until_true(lambda: second.stats.connections == 2, "The second connection")
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
    until_state(stops, "failed")
    sees_changes(backend, goes_on, owned)
    signed_in[0] = True
    stops.refresh()
    stops.wait_ready()
    sees_changes(backend, stops, owned)


class Auth:
    """Stands for the `auth` of a supabase-py client whose user may sign out."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.signed_in = True

    def get_session(self) -> Any:
        return SimpleNamespace(access_token=self.texts[0]) if self.signed_in else None

    def refresh_session(self) -> Any:
        del self.texts[:-1]
        return SimpleNamespace(session=self.get_session())


def test_a_clients_session_and_a_fixed_token_of_one_user(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    auth = Auth(ada(backend, SHORT_S), ada(backend))
    client = SimpleNamespace(supabase_url=backend.url, supabase_key=backend.anon_key, auth=auth)
    fixed = open_table(access_token=ada(backend, SHORT_S)).wait_ready()
    session = open_table(url=None, key=None, client=client).wait_ready()
    until_state(session, "live")
    states = States(session)
    until_state(fixed, "failed")
    sees_changes(backend, session, owned)
    assert set(states.seen) <= {"live"}
    assert (session.stats.connections, auth.texts[1:]) == (1, [])


@pytest.mark.parametrize("leaves", ["first", "second"])
def test_who_signs_out_leaves_alone_and_is_shown_nothing_more(
    backend: LocalBackend, owned: str, open_table: OpenTable, leaves: str
) -> None:
    given = {"first": ada(backend), "second": ada(backend, 7200)}
    tokens: dict[str, str | None] = dict(given)
    tables = {
        name: open_table(access_token=lambda name=name: tokens[name]).wait_ready() for name in given
    }
    stays = tables["second" if leaves == "first" else "first"]
    until_state(stays, "live")
    states = States(stays)
    tokens[leaves] = None
    tables[leaves].pause()
    tables[leaves].resume()
    tables[leaves].wait_for(lambda df: len(df) == 0)
    sees_changes(backend, stays, owned)
    assert set(states.seen) <= {"live"}
    assert stays.stats.connections == 1
    assert len(tables[leaves].df) == 0


@pytest.mark.usefixtures("no_patience")
def test_tokens_that_are_revoked_before_their_end_fail_their_own_tables(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    old = [open_table(access_token=ada(backend, ttl_s)).wait_ready() for ttl_s in (7200, 5000)]
    renews = open_table(access_token=lambda: ada(backend)).wait_ready()
    for table in (*old, renews):
        until_state(table, "live")
    backend.faults.expire_tokens()
    for table in old:
        until_state(table, "failed")
    until_state(renews, "live")
    sees_changes(backend, renews, owned)
