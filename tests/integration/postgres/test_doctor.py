"""The doctor on a PostgreSQL server: each cause of silence is broken on purpose, named, and mended by what it says."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest

from rtwidget import cli
from rtwidget.doctor import journey
from rtwidget.doctor.examine import examine
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.report import Report
from rtwidget.errors import ArgumentError
from rtwidget.local import LocalBackend
from rtwidget.local.logins import login_dsn
from rtwidget.sources.postgres import listen, setup
from rtwidget.sources.postgres.channel import function_of
from rtwidget.sources.postgres.request import PostgresRequest
from rtwidget.sources.secret import Secret
from tests.integration.postgres.conftest import announced
from tests.integration.postgres.proxy import Proxy

Examine = Callable[..., Report]
EXAMINED = ("dsn", "write")


@pytest.fixture
def examined(web: str, name: str) -> Examine:
    """Examine the test's table as the ordinary role, unless `source=` says otherwise."""

    def examine_one(table: str = name, **options: Any) -> Report:
        ways = {way: options.pop(way) for way in EXAMINED if way in options}
        source = Secret(options.pop("source", web))
        return asyncio.run(examine(PostgresRequest(table, source=source, **options), **ways))

    return examine_one


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    """A healthy table: announced, with row-level security, one policy and three rows."""
    announced(backend, name, "id int primary key, owner text, n int")
    backend.sql(
        f"insert into {name} select g, 'ada', g from generate_series(1, 3) g;"
        f"alter table {name} enable row level security;"
        f"create policy everybody on {name} using (true)"
    )
    return name


def not_ok(report: Report) -> dict[str, Verdict]:
    bad = (Verdict.WARNING, Verdict.PROBLEM)
    return {one.check: one.verdict for one in report if one.verdict in bad}


def test_a_healthy_table_has_no_finding(table: str, examined: Examine) -> None:
    report = examined(write=2)
    assert not_ok(report) == {}
    assert "role web" in report["credentials"].said
    assert "announced after" in report["round trip"].said


def test_triggers_that_are_missing_or_disabled(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    backend.sql(f"alter table {table} disable trigger rtwidget_update")
    report = examined()
    assert not_ok(report) == {"triggers": Verdict.PROBLEM}
    assert "rtwidget_update" in report["triggers"].said
    assert "rtwidget_insert" not in report["triggers"].said
    command = re.findall("`rtwidget (.*) --dsn ...`", report["triggers"].mend)[0]
    assert cli.main([*command.split(), "--dsn", backend.dsn]) == 0
    assert not_ok(examined()) == {}


def test_a_pooler_in_between(
    table: str, web: str, examined: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listen, "PROOF_S", 0.5)
    with Proxy(web) as proxy:
        proxy.drops_notifications = True
        report = examined(source=proxy.dsn)
    assert not_ok(report) == {"listen": Verdict.PROBLEM}
    assert "pooler" in report["listen"].said


def test_policies_and_grants(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.sql(f"drop policy everybody on {table}")
    report = examined()
    assert not_ok(report) == {"row-level security": Verdict.PROBLEM, "rows": Verdict.WARNING}
    backend.sql(report["row-level security"].mend.split("`")[1])
    assert not_ok(examined()) == {}
    backend.sql(f"revoke select on {table} from authenticated")
    report = examined()
    assert report["grants"].verdict is Verdict.PROBLEM
    backend.sql(report["grants"].mend.split("`")[1])
    assert not_ok(examined()) == {}


def test_a_superuser_an_owner_and_a_role_that_bypasses_are_warned_of(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    report = examined(source=backend.dsn)
    assert "a superuser" in report["credentials"].said
    assert "superuser" in report["row-level security"].said
    free = login_dsn(backend.dsn, "free", member_of="authenticated")
    backend.sql("alter role free bypassrls")
    report = examined(source=free)
    assert "BYPASSRLS" in report["credentials"].said
    assert "BYPASSRLS" in report["row-level security"].said
    backend.sql(f"alter role free nobypassrls; alter table {table} owner to free")
    assert "owns the table" in examined(source=free)["row-level security"].said
    backend.sql(f"alter table {table} force row level security")
    assert not_ok(examined(source=free)) == {}
    backend.sql(f"alter table {table} owner to postgres; drop role free")


def test_a_view_and_a_table_that_is_not_there(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    backend.sql(f"create view v_{table} as select * from {table}")
    report = examined(f"v_{table}", primary_key="id")
    assert [one.check for one in report.problems] == ["triggers"]
    assert report["rows"].verdict is Verdict.OK
    report = examined("no_such_table")
    assert [one.check for one in report.problems] == ["table"]


def test_partitions_without_triggers(
    backend: LocalBackend, name: str, examined: Examine
) -> None:
    backend.sql(f"create table {name} (id int primary key) partition by range (id)")
    setup.enable(name, backend.dsn)
    backend.sql(f"create table {name}_1 partition of {name} for values from (0) to (100)")
    report = examined()
    assert report["triggers"].verdict is Verdict.WARNING
    assert f"{name}_1" in report["triggers"].said


def test_servers_that_cannot_be_used(table: str, web: str, examined: Examine) -> None:
    report = examined(source=web.replace("web:", "web:hunter2"))
    assert [one.check for one in report.problems] == ["credentials"]
    assert "hunter2" not in repr(report) + report._repr_html_()
    report = examined(source="postgresql://web@127.0.0.1:9/postgres")
    assert [one.check for one in report.problems] == ["address"]


def test_a_filter_that_matches_nothing_and_a_wrong_column(table: str, examined: Examine) -> None:
    report = examined(filter="owner=eq.Ada")
    assert not_ok(report) == {"rows": Verdict.WARNING}
    assert "none of the 3 visible rows" in report["rows"].said
    assert examined(columns=["no"])["columns"].verdict is Verdict.PROBLEM
    assert "more than one row" in examined(primary_key="owner")["key columns"].said


@pytest.mark.parametrize(
    ("write", "said"),
    [(99, "No row was changed"), ("x", "invalid input"), ((1, 2), "write has 2 parts")],
)
def test_a_row_that_cannot_be_touched(
    table: str, examined: Examine, write: object, said: str
) -> None:
    report = examined(write=write)
    assert not_ok(report) == {"round trip": Verdict.WARNING}
    assert said in report["round trip"].said


def test_a_role_that_may_only_read_and_columns_that_take_no_value(
    backend: LocalBackend, name: str, examined: Examine
) -> None:
    columns = "id int generated always as identity primary key, g int generated always as (1) stored, n int"
    announced(backend, name, columns)
    backend.sql(f"insert into {name} (n) values (5)")
    assert examined(write=1)["round trip"].verdict is Verdict.OK
    backend.sql(f"revoke update on {name} from authenticated")
    assert "The role web may not change" in examined(write=1)["round trip"].said


def test_a_change_that_is_not_heard(
    backend: LocalBackend, table: str, examined: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journey, "HEARD_S", 1.0)
    function = function_of("public", table)
    # Somebody has replaced the function by one that says nothing.
    backend.sql(
        f"create or replace function {function}() returns trigger language plpgsql as 'begin return null; end'"
    )
    assert not_ok(examined()) == {}
    report = examined(write=2)
    assert not_ok(report) == {"round trip": Verdict.PROBLEM}
    assert f"rtwidget postgres enable {table}" in report["round trip"].mend
    setup.enable(table, backend.dsn)
    assert not_ok(examined(write=2)) == {}


def test_the_catalogs_connection_string_is_for_supabase(table: str, examined: Examine) -> None:
    with pytest.raises(ArgumentError, match="for tables of Supabase"):
        examined(dsn="postgresql://x@localhost/y")


def test_the_command(
    backend: LocalBackend, table: str, web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["doctor", table, "--source", web]) == 0
    assert "no problem found" in capsys.readouterr().out
    backend.sql(f"drop trigger rtwidget_delete on {table}")
    assert cli.main(["doctor", table, "--source", web]) == 1
    assert "✗ problem  triggers" in capsys.readouterr().out
    assert cli.main(["doctor", table, "--source", "nonsense"]) == 1
    assert "no PostgreSQL connection string" in capsys.readouterr().err
