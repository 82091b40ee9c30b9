"""Row-level security: each user of one process sees their own rows only, at every moment."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import pytest

from rtwidget.feed.changes import Change
from rtwidget.feed.sharing import identity_watch
from rtwidget.local import LocalBackend
from rtwidget.replica.delta import Delta
from rtwidget.widget.live_table import LiveTable
from tests.integration.table.conftest import OpenTable, until_state, until_true
from tests.patience import PATIENCE_S


def has(wanted: dict[Any, Any], df: pd.DataFrame) -> bool:
    return df["n"].to_dict() == wanted


class Spy:
    """Looks at a table's rows whenever they change, on the thread that changes them."""

    attentive = False

    def __init__(self, table: LiveTable) -> None:
        self._table = table
        self.owners: set[Any] = set()
        self.keys: set[Any] = set()
        self.emptied_with: list[int] = []
        table._handle.follow(self)

    def changed(self, delta: Delta) -> None:
        snapshot = self._table._handle.snapshot()
        self.owners |= {row[1] for row in snapshot.rows}
        self.keys |= {key[0] for key in snapshot.keys}

    def told(self, status: object) -> None:
        self.changed(Delta())

    def emptied(self) -> None:
        self.emptied_with.append(len(self._table._handle.snapshot()))


def test_two_users_of_one_process_see_their_own_rows_at_every_moment(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    ada = open_table(access_token=backend.token("authenticated", "ada"))
    bob = open_table(access_token=backend.token("authenticated", "bob"))
    spies = {"ada": Spy(ada), "bob": Spy(bob)}
    told: dict[str, set[Any]] = {"ada": set(), "bob": set()}

    def note(user: str, change: Change) -> None:
        told[user] |= {*change.inserted, *change.updated}

    ada.on_change(lambda change: note("ada", change))
    bob.on_change(lambda change: note("bob", change))
    ada.wait_ready()
    bob.wait_ready()
    assert backend.subscriptions == 2
    # Rows 1 to 5 go to and fro between the two; every other row stays its owner's.
    for round_ in range(10):
        owner = "bob" if round_ % 2 == 0 else "ada"
        backend.sql(f"update {owned} set owner = '{owner}' where id <= 5")
        backend.sql(f"update {owned} set n = n + 1 where id % 3 = {round_ % 3}")
        backend.sql(f"insert into {owned} values ({100 + round_}, '{owner}', 0)")
    backend.sql(f"update {owned} set owner = 'bob' where id <= 3")
    for table, user in ((ada, "ada"), (bob, "bob")):
        wanted = dict(backend.sql(f"select id, n from {owned} where owner = %s", user))
        table.refresh()
        table.wait_for(partial(has, wanted))
    assert spies["ada"].owners == {"ada"}
    assert spies["bob"].owners == {"bob"}
    adas_only = {*range(6, 21), *range(101, 110, 2)}
    bobs_only = {*range(21, 41), *range(100, 110, 2)}
    assert not spies["ada"].keys & bobs_only
    assert not spies["bob"].keys & adas_only
    assert not told["ada"] & bobs_only
    assert not told["bob"] & adas_only


def test_nobody_sees_nothing(backend: LocalBackend, owned: str, open_table: OpenTable) -> None:
    nobody = open_table().wait_ready()
    backend.sql(f"insert into {owned} values (100, 'ada', 0)")
    backend.catch_up()
    nobody.refresh()
    assert len(nobody.df) == 0


def test_another_users_rows_come_only_after_the_first_ones_have_gone(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    user = ["ada"]
    table = open_table(access_token=lambda: backend.token("authenticated", user[0]))
    table.wait_ready()
    spy = Spy(table)
    table.wait_for(lambda df: set(df["owner"]) == {"ada"})
    user[0] = "bob"
    backend.faults.close()
    table.wait_for(lambda df: set(df["owner"]) == {"bob"})
    assert len(table.df) == 20
    # Looked at on the thread that changes the rows, the table was empty in between.
    assert spy.emptied_with
    assert spy.emptied_with[0] == 0
    until_true(lambda: backend.subscriptions == 1, "One subscription")
    backend.sql(f"insert into {owned} values (100, 'bob', 0), (101, 'ada', 0)")
    table.wait_for(lambda df: 100 in df.index)
    assert set(table.df["owner"]) == {"bob"}


def test_the_same_user_twice_shares_one_subscription(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    token = backend.token("authenticated", "ada")
    first = open_table(access_token=token).wait_ready()
    second = open_table(access_token=token).wait_ready()
    renewed = open_table(access_token=backend.token("authenticated", "ada", ttl_s=7200))
    renewed.wait_ready()
    assert backend.subscriptions == 1
    first.close()
    backend.sql(f"insert into {owned} values (100, 'ada', 0)")
    second.wait_for(lambda df: 100 in df.index)
    renewed.wait_for(lambda df: 100 in df.index)
    assert 100 not in first.df.index
    assert backend.subscriptions == 1


def test_a_table_that_shares_rows_leaves_them_when_its_own_function_names_another(
    backend: LocalBackend, owned: str, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity_watch, "IDENTITY_ASKED_S", (0.2, 0.2))
    user = ["ada"]
    first = open_table(access_token=lambda: backend.token("authenticated", "ada"))
    first.wait_ready()
    second = open_table(access_token=lambda: backend.token("authenticated", user[0]))
    second.wait_for(lambda df: set(df["owner"]) == {"ada"})
    assert backend.subscriptions == 1
    until_state(first, "live")
    spy, stays, connections = Spy(second), Spy(first), first.stats.connections
    user[0] = "bob"
    second.wait_for(lambda df: set(df["owner"]) == {"bob"})
    assert spy.emptied_with[0] == 0
    until_true(lambda: backend.subscriptions == 2, "Two subscriptions")
    backend.sql(f"insert into {owned} values (100, 'bob', 0), (101, 'ada', 0)")
    second.wait_for(lambda df: 100 in df.index)
    first.wait_for(lambda df: 101 in df.index)
    assert (set(second.df["owner"]), set(first.df["owner"])) == ({"bob"}, {"ada"})
    # The first one was never emptied, and its connection is the same.
    until_true(lambda: stays.owners == {"ada"}, "The first one's rows")
    assert stays.emptied_with == []
    assert first.stats.connections == connections


@pytest.mark.parametrize("alone", [True, False])
def test_a_table_that_goes_on_after_a_pause_asks_at_once_who_it_is(
    backend: LocalBackend, owned: str, open_table: OpenTable, *, alone: bool
) -> None:
    user = ["ada"]
    first = open_table(access_token=lambda: backend.token("authenticated", "ada")).wait_ready()
    table = open_table(access_token=lambda: backend.token("authenticated", user[0]))
    table.wait_for(lambda df: set(df["owner"]) == {"ada"})
    if alone:
        first.pause()
    table.pause()
    user[0] = "bob"
    table.resume()
    table.wait_for(lambda df: set(df["owner"]) == {"bob"}, timeout=PATIENCE_S)
