"""Rows that a policy hides from a login are gone within one pass, and keys that it may not see are neither shown nor logged."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

import pytest

from rtwidget.feed.changes import Change
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable
from tests.integration.policies import TIMED, timed_rows
from tests.integration.postgres.conftest import OpenTable, announced, until_state, until_true
from tests.integration.postgres.live_table.test_states import has_keys
from tests.integration.postgres.live_table.test_table import ready
from tests.integration.table.readers.test_hidden_rows import HIDDEN
from tests.integration.table.readers.test_row_security import Spy


def test_a_policy_through_another_table_is_followed_within_one_pass(
    backend: LocalBackend, name: str, logins: dict[str, str], open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, team text")
    members = f"m_{name}"
    backend.sql(
        f"create table {members} (team text, login text); grant select on {members} to authenticated;"
        f"insert into {members} values ('red', 'ada'), ('blue', 'ada'), ('blue', 'bob');"
        f"insert into {name} select g, case when g <= 5 then 'red' else 'blue' end from generate_series(1, 10) g;"
        f"alter table {name} enable row level security;"
        f"create policy members on {name} using (exists (select from {members} m"
        f" where m.team = {name}.team and m.login = current_user))"
    )
    try:
        ada, bob = (
            ready(open_table(source=logins[user], verify_every=1)) for user in ("ada", "bob")
        )
        spies = {"ada": Spy(ada), "bob": Spy(bob)}
        ada.wait_for(partial(has_keys, set(range(1, 11))))
        bob.wait_for(partial(has_keys, set(range(6, 11))))
        # Nothing happens to the table itself, so no trigger fires.
        backend.sql(f"delete from {members} where login = 'ada' and team = 'red'")
        passes = ada.stats.passes
        ada.wait_for(partial(has_keys, set(range(6, 11))))
        # One pass may have been under way.
        assert ada.stats.passes <= passes + 2
        backend.sql(f"insert into {members} values ('red', 'bob')")
        bob.wait_for(partial(has_keys, set(range(1, 11))))
        backend.sql(f"update {name} set team = 'none' where id <= 5")
        bob.wait_for(partial(has_keys, set(range(6, 11))))
        until_true(lambda: spies["bob"].owners == {"red", "blue"}, "What bob may see")
        assert spies["ada"].keys <= set(range(1, 11))
    finally:
        backend.sql(f"drop table {members} cascade")


def test_a_policy_by_time_lets_rows_come_and_go_within_one_pass(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, TIMED)
    backend.sql(timed_rows(name))
    table = open_table(verify_every=1).wait_ready()
    assert set(table.df.index) == {1, 2}
    table.wait_for(partial(has_keys, {1, 3}))
    assert backend.sql(f"select count(*) from {name}") == [(3,)]
    until_state(table, "live")
    backend.sql(f"update {name} set shown = 'empty' where id = 1")
    table.wait_for(partial(has_keys, {3}))


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What tables that are made later send to browsers."""
    sent: list[Any] = []
    monkeypatch.setattr(LiveTable, "send", lambda _table, content, *_: sent.append(content))
    return sent


@pytest.mark.parametrize("statement", ["update {} set n = 1", "delete from {}"])
def test_keys_of_rows_of_others_are_neither_shown_nor_told_nor_logged(
    backend: LocalBackend,
    owned: str,
    frames: list[Any],
    adas: LiveTable,
    caplog: pytest.LogCaptureFixture,
    *,
    statement: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    backend.sql(
        f"insert into {owned} select g, 'bob', 0 from generate_series({HIDDEN[0]}, {HIDDEN[-1]}) g"
    )
    table = adas
    table._received(None, {"kind": "hello", "view": "v", "id": 1, "first": 0, "count": 50}, None)
    until_true(lambda: bool(frames), "A frame")
    told: list[Change] = []
    table.on_change(told.append)
    heard = table.stats.notifications
    for key in HIDDEN:
        backend.sql(f"{statement.format(owned)} where id = {key}")
    # Every role may listen, so these keys do come.
    until_true(lambda: table.stats.notifications >= heard + len(HIDDEN), "The notifications")
    backend.sql(f"delete from {owned} where id = 2")
    table.wait_for(lambda df: 2 not in df.index)
    until_true(lambda: bool(told), "A change")
    table.refresh()
    shown = [*frames, *told, table, table.status, table.stats, table.get_state(), table.access]
    text = caplog.text + "".join(map(repr, shown)) + repr(table.doctor())
    assert str(HIDDEN[0])[:-3] not in text
    assert {key for change in told for key in (*change.inserted, *change.updated)} == set()
    assert [key for change in told for key in change.removed] == [2]
