"""How far a connection to Realtime came is said, step by step; and a stream that is joined but silent is found by a change."""

from __future__ import annotations

import pytest

from rtwidget.doctor import stream_examination
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.supabase import examination
from rtwidget.local import LocalBackend
from rtwidget.sources.supabase.realtime import socket
from tests.integration.doctor.conftest import Examine, not_ok, problems


def test_a_proxy_that_lets_no_websocket_through(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    backend.faults.block_websocket()
    report = examined()
    assert problems(report) == ["websocket"]
    assert "503" in report["websocket"].said
    assert report["rows"].verdict is Verdict.OK


def test_a_proxy_that_never_answers_a_websocket(
    backend: LocalBackend, table: str, examined: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "OPEN_S", 0.5)
    backend.faults.block_websocket(hang=True)
    assert problems(examined()) == ["websocket"]


@pytest.mark.parametrize(
    "reason",
    [
        "RealtimeDisabledForTenant: Realtime disabled for this tenant",
        "PrivateOnly: This project only allows private channels",
        "ConnectionRateLimitReached: Too many connected users",
    ],
)
def test_a_join_that_is_refused(
    backend: LocalBackend, table: str, examined: Examine, reason: str
) -> None:
    backend.faults.refuse_joins(times=10, reason=reason)
    report = examined()
    assert problems(report) == ["join"]
    assert reason.partition(":")[0] in report["join"].said
    assert report["join"].mend
    assert report["websocket"].verdict is Verdict.OK


def test_a_subscription_that_never_comes(
    backend: LocalBackend, table: str, examined: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "SUBSCRIBED_S", 1.0)
    backend.faults.delay_subscribed(60)
    report = examined()
    assert problems(report) == ["subscribed"]
    assert report["join"].verdict is Verdict.OK


def test_a_change_is_heard_of_and_changes_nothing(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    before = backend.sql(f"select * from {table} order by id")
    report = examined(write=2)
    assert not_ok(report) == {}
    assert "announced after" in report["round trip"].said
    assert backend.sql(f"select * from {table} order by id") == before


def test_a_stream_that_is_silent(
    backend: LocalBackend, table: str, examined: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_examination, "HEARD_S", 2.0)
    backend.faults.silence(60)
    assert not_ok(examined()) == {}
    report = examined(write=2)
    assert problems(report) == ["round trip"]
    assert "the subscription stands" in report["round trip"].said


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (99, "No row was changed"),
        ("x", "invalid input syntax"),
        ((1, 2), "write has 2 parts"),
    ],
)
def test_a_row_that_cannot_be_touched(
    table: str, examined: Examine, write: object, said: str
) -> None:
    report = examined(write=write)
    assert not_ok(report) == {"round trip": Verdict.WARNING}
    assert said in report["round trip"].said


def test_a_role_that_may_only_read(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.sql(f"revoke update on {table} from anon")
    report = examined(write=2)
    assert not_ok(report) == {"round trip": Verdict.WARNING}
    assert "may not change" in report["round trip"].said


def test_identities_generated_columns_and_json_are_left_alone(
    backend: LocalBackend, name: str, examined: Examine
) -> None:
    backend.sql(
        f"create table {name} (id int generated always as identity primary key, g int generated always as (1) stored,"
        f" j jsonb, n float8); insert into {name} (j, n) values ('[1]', 'NaN');"
        f"alter publication supabase_realtime add table {name}"
    )
    report = examined(write=1)
    assert report["round trip"].verdict is Verdict.OK
    assert repr(backend.sql(f"select * from {name}")) == "[(1, 1, [1], nan)]"
