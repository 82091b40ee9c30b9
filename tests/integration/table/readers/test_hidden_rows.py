"""Rows that a policy hides are gone within one pass, and what others delete is neither shown nor logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd
import pytest

from rtwidget.feed.changes import Change
from rtwidget.local import LocalBackend
from rtwidget.replica.delta import Delta
from rtwidget.widget.live_table import LiveTable
from tests.integration.policies import TIMED, timed_rows
from tests.integration.table.conftest import OpenTable, publish, until_state, until_true
from tests.integration.table.readers.test_row_security import Spy

HIDDEN = range(777_000_100, 777_000_150)
"""Keys that stand nowhere else, so that they are found wherever they leak."""


@pytest.fixture
def teams(backend: LocalBackend, name: str) -> Iterator[str]:
    """A table whose rows are seen by the members of their team, who stand in another table: ada is in red and blue."""
    publish(backend, name, "id int primary key, team text")
    backend.sql(
        f"create table m_{name} (team text, sub text);"
        f"insert into m_{name} values ('red', 'ada'), ('blue', 'ada'), ('blue', 'bob');"
        f"insert into {name} select g, case when g <= 5 then 'red' else 'blue' end from generate_series(1, 10) g;"
        f"alter table {name} enable row level security;"
        f"create policy members on {name} using (exists (select from m_{name} m"
        f" where m.team = {name}.team and m.sub = auth.jwt() ->> 'sub'))"
    )
    yield name
    backend.sql(f"drop table m_{name} cascade")


def test_a_policy_through_another_table_is_followed_within_one_pass(
    backend: LocalBackend, teams: str, open_table: OpenTable
) -> None:
    ada, bob = (
        open_table(access_token=backend.token("authenticated", user), verify_every=1).wait_ready()
        for user in ("ada", "bob")
    )
    spies = {"ada": Spy(ada), "bob": Spy(bob)}
    ada.wait_for(lambda df: set(df.index) == set(range(1, 11)))
    bob.wait_for(lambda df: set(df.index) == set(range(6, 11)))
    # Nothing happens to the table itself, so nothing is announced.
    backend.sql(f"delete from m_{teams} where sub = 'ada' and team = 'red'")
    passes = ada.stats.passes
    ada.wait_for(lambda df: set(df["team"]) == {"blue"})
    # One pass may have been under way.
    assert ada.stats.passes <= passes + 2
    backend.sql(f"insert into m_{teams} values ('red', 'bob')")
    bob.wait_for(lambda df: set(df.index) == set(range(1, 11)))
    backend.sql(f"update {teams} set team = 'none' where id <= 5")
    bob.wait_for(lambda df: set(df.index) == set(range(6, 11)))
    assert spies["ada"].keys <= set(range(1, 11))
    assert spies["bob"].owners == {"red", "blue"}


def test_a_policy_by_time_lets_rows_come_and_go_within_one_pass(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    publish(backend, name, TIMED)
    backend.sql(timed_rows(name))
    table = open_table(verify_every=1).wait_ready()
    assert set(table.df.index) == {1, 2}
    table.wait_for(lambda df: set(df.index) == {1, 3})
    assert backend.sql(f"select count(*) from {name}") == [(3,)]
    backend.sql(f"update {name} set shown = 'empty' where id = 1")
    table.wait_for(lambda df: set(df.index) == {3})


def test_reads_in_flight_bring_nothing_of_the_first_user_to_the_second(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    user = ["ada"]
    table = open_table(access_token=lambda: backend.token("authenticated", user[0])).wait_ready()
    until_state(table, "live")
    for first, second in (("ada", "bob"), ("bob", "ada"), ("ada", "bob")):
        watcher = Watcher(table)
        # Key reads and a pass of the first user are asked for, and their answers held back.
        backend.faults.stall_reads(60)
        backend.sql(f"update {owned} set n = n + 1")
        table.refresh()
        until_true(lambda: backend.faults.rest.stalled.waiting > 0, "A read in flight")
        user[0] = second
        backend.faults.close()
        until_true(partial(getattr, watcher, "was_emptied"), "The emptying")
        backend.faults.clear()
        table.wait_for(partial(are_all_of, second))
        until_state(table, "live")
        assert watcher.owners_before <= {first}
        assert watcher.owners_after == {second}


def are_all_of(owner: str, df: pd.DataFrame) -> bool:
    return list(df["owner"]) == [owner] * 20


class Watcher:
    """Looks at the owners on the table whenever it changes: before it was emptied, and after."""

    attentive = False

    def __init__(self, table: LiveTable) -> None:
        self._table = table
        self.was_emptied = False
        self.owners_before: set[Any] = set()
        self.owners_after: set[Any] = set()
        table._handle.follow(self)

    def changed(self, delta: Delta) -> None:
        owners = {row[1] for row in self._table._handle.snapshot().rows}
        if self.was_emptied:
            self.owners_after |= owners
        else:
            self.owners_before |= owners

    def told(self, status: object) -> None:
        self.changed(Delta())

    def emptied(self) -> None:
        self.was_emptied = True


def test_what_others_delete_is_neither_shown_nor_told_nor_logged(
    backend: LocalBackend,
    name: str,
    open_table: OpenTable,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    frames: list[Any] = []
    monkeypatch.setattr(LiveTable, "send", lambda _table, content, *_: frames.append(content))
    publish(backend, name, "id int primary key, owner text")
    backend.sql(
        f"insert into {name} values (1, 'ada'), (2, 'ada');"
        f"insert into {name} select g, 'bob' from generate_series({HIDDEN[0]}, {HIDDEN[-1]}) g;"
        f"alter table {name} enable row level security;"
        f"create policy own on {name} using (owner = auth.jwt() ->> 'sub')"
    )
    table = open_table(access_token=backend.token("authenticated", "ada")).wait_ready()
    until_state(table, "live")
    table._received(None, {"kind": "hello", "view": "v", "id": 1, "first": 0, "count": 50}, None)
    until_true(lambda: bool(frames), "A frame")
    told: list[Change] = []
    table.on_change(told.append)
    heard = table.stats.notifications
    for key in HIDDEN:
        backend.sql(f"delete from {name} where id = %s", key)
    # Deletes are told to everybody who subscribed to the table, as on the real server.
    until_true(lambda: table.stats.notifications >= heard + len(HIDDEN), "The deletes")
    backend.sql(f"delete from {name} where id = 2")
    table.wait_for(lambda df: list(df.index) == [1])
    until_true(lambda: bool(told), "A change")
    table.refresh()
    shown = [*frames, *told, table, table.status, table.stats, table.get_state(), table.access]
    text = caplog.text + "".join(map(repr, shown)) + repr(table.doctor())
    assert "777000" not in text
    assert {key for change in told for key in (*change.inserted, *change.updated)} == set()
    assert [key for change in told for key in change.removed] == [2]
