"""Each user sees their own rows only, whether a login is one user or many who share it and say by a setting who they are."""

from __future__ import annotations

from functools import partial

import pytest

from rtwidget.feed.reads import prober
from rtwidget.local import LocalBackend
from rtwidget.replica import budgets
from rtwidget.widget.live_table import LiveTable
from tests.integration.postgres.conftest import OpenTable, as_user, until_state, until_true
from tests.integration.postgres.live_table.test_states import has_keys
from tests.integration.postgres.live_table.test_table import ready
from tests.integration.postgres.proxy import Proxy
from tests.integration.table.readers.test_hidden_rows import are_all_of
from tests.integration.table.readers.test_row_security import Spy


def test_a_row_that_becomes_hidden_goes_by_its_notification(
    backend: LocalBackend, owned: str, adas: LiveTable
) -> None:
    spy, passes = Spy(adas), adas.stats.passes
    backend.sql(f"update {owned} set owner = 'bob' where id = 7")
    adas.wait_for(partial(has_keys, set(range(1, 21)) - {7}))
    assert adas.stats.passes == passes
    until_true(lambda: bool(spy.owners), "A change")
    assert spy.owners == {"ada"}


def test_users_who_share_a_login_share_neither_rows_nor_reads(
    backend: LocalBackend, owned: str, web: str, open_table: OpenTable
) -> None:
    ada, bob, nobody = (
        ready(open_table(source=source))
        for source in (as_user(web, "ada"), as_user(web, "bob"), web)
    )
    spies = {"ada": Spy(ada), "bob": Spy(bob)}
    backend.sql(f"update {owned} set n = n + 1")
    backend.sql(f"insert into {owned} values (100, 'ada', 1), (101, 'bob', 1)")
    ada.wait_for(lambda df: set(df.index) == {*range(1, 21), 100} and set(df["n"]) == {1})
    bob.wait_for(lambda df: set(df.index) == {*range(21, 41), 101} and set(df["n"]) == {1})
    # Followers are told after the rows have changed.
    until_true(lambda: all(spy.owners for spy in spies.values()), "A change")
    assert (spies["ada"].owners, spies["bob"].owners) == ({"ada"}, {"bob"})
    assert len(nobody.df) == 0


def test_reads_in_flight_bring_nothing_of_the_first_user_to_the_second(
    backend: LocalBackend, owned: str, web: str, open_table: OpenTable
) -> None:
    with Proxy(web) as proxy:
        first = ready(open_table(source=as_user(proxy.dsn, "ada")))
        proxy.stalls_after = owned.encode()
        # A key read and a pass of the first user are asked for, and held back.
        backend.sql(f"update {owned} set n = n + 1")
        first.refresh()
        until_true(lambda: proxy.silent, "A read in flight")
        proxy.stalls_after = None
        # The same cell again, as another user, while the first one's reads are on their way.
        second = open_table(source=as_user(web, "bob"))
        spies = (Spy(first), Spy(second))
        second.wait_ready()
        until_state(second, "live")
        proxy.silence(on=False)
        first.wait_for(lambda df: set(df["n"]) == {1})
        backend.sql(f"update {owned} set n = n + 1")
        for table in (first, second):
            table.wait_for(lambda df: set(df["n"]) == {2})
        until_true(lambda: all(spy.owners for spy in spies), "A change")
        assert (spies[0].owners, spies[1].owners) == ({"ada"}, {"bob"})


def test_a_login_that_the_server_makes_another_user_loses_the_first_ones_rows(
    backend: LocalBackend, owned: str, logins: dict[str, str], open_table: OpenTable
) -> None:
    backend.sql("alter role ada set app.reader = 'ada'")
    table = ready(open_table(source=logins["ada"]))
    table.wait_for(partial(are_all_of, "ada"))
    passes = table.stats.passes
    # Settings of a role hold for connections that begin later.
    backend.sql("alter role ada set app.reader = 'bob'")
    backend.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ada'")
    table.wait_for(partial(are_all_of, "bob"))
    assert table.stats.passes > passes


def test_access_names_each_role_and_says_when_a_probe_agreed(
    backend: LocalBackend,
    owned: str,
    logins: dict[str, str],
    open_table: OpenTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prober, "PROBE_INTERVAL_S", 0.1)
    monkeypatch.setattr(budgets, "PROBE_INTERVAL_S", 0.1)
    backend.sql(f"alter policy own on {owned} using (owner = current_user)")
    for user, dsn in logins.items():
        table = ready(open_table(source=dsn))
        until_true(partial(probed, table), "A probe")
        access = table.access
        assert (access.role, access.bypasses_row_security, access.agrees) == (user, False, True)
        said = {finding.check: finding.said for finding in access.findings}
        assert "20 rows are visible" in said["rows"]
        assert "a probe saw what it had announced" in said["agreement"]
        assert "on the row and on who reads it alone" in said["policies"]


def probed(table: LiveTable) -> bool:
    return table.stats.agreed_at is not None
