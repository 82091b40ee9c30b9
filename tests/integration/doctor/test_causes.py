"""Each cause of "connected, but nothing happens" that the servers tell is named, with what mends it; and mending it mends it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.local import LocalBackend
from tests.integration.doctor.conftest import Examine, not_ok, problems

OPAQUE = "sb_secret_0123456789abcdef"


def test_a_healthy_table_has_no_finding(table: str, examined: Examine) -> None:
    report = examined()
    assert not_ok(report) == {}
    assert report.verdict is Verdict.OK
    assert "3 rows are visible" in report["rows"].said
    assert "anon" in report["credentials"].said


def test_a_table_in_no_publication(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.sql(f"alter publication supabase_realtime drop table {table}")
    report = examined()
    assert not_ok(report) == {"publication": Verdict.PROBLEM}
    assert report["join"].verdict is Verdict.OK
    sql = report["publication"].mend.split("`")[1]
    assert "alter publication" in sql
    backend.sql(sql)
    assert not_ok(examined()) == {}


def test_rows_that_are_hidden_or_not_there(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    backend.sql(f"drop policy everybody on {table}")
    report = examined()
    assert not_ok(report) == {"rows": Verdict.WARNING}
    assert "role anon" in report["rows"].said
    backend.sql(report["rows"].mend.split("`")[1])
    assert not_ok(examined()) == {}
    backend.sql(f"delete from {table}")
    told = examined(key=backend.service_key)
    assert told["rows"].verdict is Verdict.OK


def test_a_filter_that_matches_nothing(table: str, examined: Examine) -> None:
    report = examined(filter="owner=eq.Ada")
    assert not_ok(report) == {"rows": Verdict.WARNING}
    assert "none of the 3 visible rows" in report["rows"].said


def test_a_missing_grant(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.sql(f"revoke select on {table} from anon, authenticated")
    report = examined()
    assert "grants" in problems(report)
    sql = report["grants"].mend.split("`")[1]
    assert sql.startswith("grant select")
    backend.sql(sql)
    assert not_ok(examined()) == {}


def test_a_key_column_that_may_not_be_read(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    backend.sql(f"revoke select on {table} from anon; grant select (owner, n) on {table} to anon")
    report = examined(columns=["n"], primary_key="id")
    assert "grants" in problems(report)
    assert "subscribed" in problems(report)


@pytest.mark.parametrize(
    ("options", "check", "said"),
    [
        ({"table": "no_such_table"}, "table", "There is no table"),
        ({"schema": "auth"}, "table", "not exposed"),
        ({"columns": ["no"]}, "columns", "column"),
        ({"primary_key": "owner"}, "key columns", "more than one row"),
        ({"url": "http://127.0.0.1:9"}, "address", "No answer from 127.0.0.1:9"),
        ({"key": OPAQUE}, "credentials", "refused"),
    ],
)
def test_what_is_asked_for_wrongly(
    table: str, examined: Examine, options: dict[str, Any], check: str, said: str
) -> None:
    report = examined(**options)
    assert check in problems(report)
    assert said in report[check].said
    assert report[check].mend
    assert OPAQUE not in repr(report) + report._repr_html_()


def test_a_key_that_is_null(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.sql(f"update {table} set n = null where id = 2")
    report = examined(primary_key="n")
    assert problems(report) == ["key columns"]
    assert "null" in report["key columns"].said


def test_a_table_without_an_id_and_one_without_a_key(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    backend.sql(f"alter table {table} drop constraint {table}_pkey")
    assert "has no primary key" in examined(key=backend.service_key)["key columns"].said
    backend.sql(f"alter table {table} rename id to number")
    report = examined()
    assert "key columns" in problems(report)
    assert "primary_key" in report["key columns"].said


def test_a_token_that_ended_and_one_that_soon_will(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    ended = backend.token("authenticated", "ada", ttl_s=-300)
    report = examined(access_token=ended)
    assert problems(report) == ["credentials"]
    assert "ended 5 min ago" in report["credentials"].said
    assert report["websocket"].verdict is Verdict.SKIPPED
    soon = backend.token("authenticated", "ada", ttl_s=100)
    assert not_ok(examined(access_token=soon)) == {"credentials": Verdict.WARNING}
    # A function is asked again before the end.
    assert not_ok(examined(access_token=lambda: soon)) == {}


def test_a_token_function_that_fails(table: str, examined: Examine) -> None:
    def broken() -> str:
        raise ValueError(OPAQUE)

    report = examined(access_token=broken)
    assert problems(report) == ["credentials"]
    assert "ValueError" in report["credentials"].said
    assert OPAQUE not in repr(report)


def test_a_service_key_is_warned_of(backend: LocalBackend, table: str, examined: Examine) -> None:
    report = examined(key=backend.service_key)
    assert not_ok(report) == {"credentials": Verdict.WARNING}
    assert "bypasses row-level security" in report["credentials"].said


def test_a_small_row_cap(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.sql(f"insert into {table} select g, 'bob', g from generate_series(4, 300) g")
    assert "not cut" in examined()["row cap"].said
    backend.faults.cap_pages(100)
    report = examined()
    assert not_ok(report) == {"row cap": Verdict.WARNING}
    assert "cuts answers at 100 rows" in report["row cap"].said


@pytest.mark.parametrize(
    ("ahead_s", "verdict"), [(0, Verdict.OK), (20, Verdict.WARNING), (-3600, Verdict.PROBLEM)]
)
def test_a_clock_that_is_wrong(
    table: str, examined: Examine, ahead_s: float, verdict: Verdict
) -> None:
    report = examined(wall=lambda: time.time() + ahead_s)
    assert report["clock"].verdict is verdict


def test_a_token_is_judged_by_the_servers_clock(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    token = backend.token("authenticated", "ada", ttl_s=1800)
    report = examined(access_token=token, wall=lambda: time.time() + 3600)
    assert report["credentials"].verdict is Verdict.OK


def test_a_rest_api_that_fails(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.faults.rest_status(503, times=100)
    report = examined()
    assert problems(report) == ["address"]
    assert "HTTP 503" in report["address"].said


def test_a_server_without_tls_where_tls_is_asked_for(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    report = examined(url=backend.url.replace("http://", "https://"))
    assert problems(report) == ["address"]
    assert "does not speak TLS" in report["address"].said
