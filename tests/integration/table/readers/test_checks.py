"""`t.access` and `t.doctor()`: as whom a table is read, and what is wrong with it, without a token anywhere."""

from __future__ import annotations

import json
import logging
import threading
import warnings

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.errors import AuthenticationError, ServiceKeyWarning
from rtwidget.feed.runtime.loop_thread import LOOP
from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, publish, until_state


@pytest.fixture
def owned(backend: LocalBackend, name: str) -> str:
    """A table whose rows only their owner may see: 1 to 5 are ada's."""
    publish(backend, name, "id int primary key, owner text")
    backend.sql(
        f"insert into {name} select g, case when g <= 5 then 'ada' else 'bob' end from generate_series(1, 9) g;"
        f"alter table {name} enable row level security;"
        f"create policy own on {name} using (owner = auth.jwt() ->> 'sub')"
    )
    return name


def test_a_users_access(backend: LocalBackend, owned: str, open_table: OpenTable) -> None:
    token = backend.token("authenticated", "ada")
    table = open_table(access_token=lambda: token).wait_ready()
    until_state(table, "live")
    access = table.access
    assert (access.role, access.service_key, access.bypasses_row_security) == (
        "authenticated",
        False,
        False,
    )
    assert access.claims == ("exp", "iat", "iss", "role", "sub")
    assert access.agrees is True
    shown = repr(access) + access._repr_html_()
    assert "a user's token, as the role authenticated" in shown
    assert "5 rows are visible" in shown
    for secret in (token, backend.anon_key, token.split(".")[2], "ada", "rtwidget-local"):
        assert secret not in shown


def test_an_anonymous_access_sees_nothing(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    table = open_table().wait_ready()
    access = table.access
    assert (access.role, access.bypasses_row_security) == ("anon", False)
    assert "No row is visible" in repr(access)


def test_a_service_key_is_warned_of_once(
    backend: LocalBackend, owned: str, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.api._WARNED_OF", set())
    with pytest.warns(ServiceKeyWarning, match="past row-level security") as caught:
        table = open_table(key=backend.service_key)
    assert backend.service_key not in str(caught[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        open_table(key=backend.service_key)
        open_table()
    access = table.wait_ready().access
    assert (access.role, access.service_key, access.bypasses_row_security) == (
        "service_role",
        True,
        True,
    )
    assert "keep" not in repr(access)
    assert "a service key belongs on servers" in repr(access)
    beside = open_table(key=backend.service_key, access_token=backend.token("authenticated", "ada"))
    access = beside.wait_ready().access
    assert (access.role, access.service_key, access.bypasses_row_security) == (
        "authenticated",
        True,
        False,
    )
    assert "The key beside it is a service key" in repr(access)


def test_a_key_of_another_in_the_websockets_url(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    socket = backend.url.replace("http", "ws") + "/realtime/v1/websocket"
    table = open_table(
        key="sb_publishable_x", realtime_url=f"{socket}?apikey={backend.service_key}"
    )
    access = table.access
    assert access.agrees is False
    assert backend.service_key not in repr(access)
    assert "Leave `apikey` out" in repr(access)


def test_access_without_a_token_raises_what_the_table_would(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    def broken() -> str:
        raise ValueError("hunter2")

    table = open_table(access_token=broken)
    with pytest.raises(AuthenticationError) as caught:
        _ = table.access
    assert "hunter2" not in str(caught.value)


def test_the_doctor_of_a_live_table(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    table = open_table(access_token=backend.token("authenticated", "ada")).wait_ready()
    until_state(table, "live")
    report = table.doctor(dsn=backend.dsn, write=3)
    assert report.problems == ()
    assert report["state"].verdict is Verdict.OK
    assert report["policies"].verdict is Verdict.OK
    assert report["round trip"].verdict is Verdict.OK
    # The table went on meanwhile.
    assert table.status.state == "live"
    assert json.dumps(report._repr_html_())


def test_the_doctor_says_why_a_table_polls_or_failed_and_works_when_it_is_closed(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    backend.sql(f"alter publication supabase_realtime drop table {owned}")
    table = open_table(access_token=backend.token("authenticated", "ada"))
    until_state(table, "polling")
    report = table.doctor()
    assert [one.check for one in report.problems] == ["publication"]
    assert report["state"].verdict is Verdict.WARNING
    assert report["state"].mend == report["publication"].mend
    failed = open_table("no_such_table")
    until_state(failed, "failed")
    assert [one.check for one in failed.doctor().problems] == ["state", "table"]
    table.close()
    report = table.doctor()
    assert report["state"].verdict is Verdict.SKIPPED
    assert report["publication"].verdict is Verdict.PROBLEM


def test_the_loop_thread_is_not_waited_on(
    backend: LocalBackend, owned: str, open_table: OpenTable
) -> None:
    table = open_table().wait_ready()
    caught: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            table.doctor()
        except RuntimeError as error:
            caught.append(error)
        finally:
            done.set()

    LOOP.call(ask)
    assert done.wait(10)
    assert "would never end" in str(caught[0])


def test_no_token_in_any_log(
    backend: LocalBackend, owned: str, open_table: OpenTable, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = backend.token("authenticated", "ada")
    table = open_table(access_token=token).wait_ready()
    table.doctor(dsn=backend.dsn, write=1)
    _ = table.access
    for secret in (token, backend.anon_key, backend.dsn):
        assert secret not in caplog.text
