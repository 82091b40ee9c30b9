"""The doctor on a PostgreSQL server: each cause of silence is broken on purpose, named, and mended by what it says."""

from __future__ import annotations

import re

import pytest

from rtwidget import cli
from rtwidget.doctor.finding import Verdict
from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.postgres import setup
from rtwidget.sources.postgres.listen import listen
from tests.integration.postgres.conftest import Examine, OpenTable, not_ok
from tests.integration.postgres.proxy import Proxy


def test_a_healthy_table_has_no_finding(table: str, examined: Examine) -> None:
    report = examined(write=2)
    assert not_ok(report) == {}
    assert "role web" in report["credentials"].said
    assert "announced after" in report["round trip"].said
    assert "There: PostgreSQL 1" in report["versions"].said


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


def test_partitions_without_triggers(backend: LocalBackend, name: str, examined: Examine) -> None:
    backend.sql(f"create table {name} (id int primary key) partition by range (id)")
    setup.enable(name, backend.dsn)
    backend.sql(f"create table {name}_1 partition of {name} for values from (0) to (100)")
    report = examined()
    assert report["triggers"].verdict is Verdict.PROBLEM
    assert f"{name}_1" in report["triggers"].said
    setup.enable(name, backend.dsn)
    assert examined()["triggers"].verdict is Verdict.OK


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
    ("body", "said"),
    [
        ("as $$ select now() > '2020-01-01' $$", "which depends on the time"),
        ("begin atomic; select current_date > '2020-01-01'; end", "which depends on the time"),
        ("as $$ select exists (select from m_{table}) $$", "which reads a table"),
        ("as $$ select current_user = 'web' $$", ""),
    ],
)
def test_a_policy_that_calls_a_function_of_the_users(
    backend: LocalBackend, table: str, open_table: OpenTable, body: str, said: str
) -> None:
    backend.sql(
        f"create table m_{table} (id int); grant select on m_{table} to authenticated;"
        f"insert into m_{table} values (1);"
        f"create function f_{table}() returns boolean language sql stable {body.format(table=table)};"
        f"alter policy everybody on {table} using (f_{table}())"
    )
    try:
        live = open_table().wait_ready()
        assert len(live.df) == 3
        policies = live.doctor()["policies"]
        assert policies in live.access.findings
        assert policies.verdict is (Verdict.WARNING if said else Verdict.OK)
        assert said in policies.said
        assert (f"f_{table}()" in policies.said) is bool(said)
        backend.sql(f"alter policy everybody on {table} using (exists (select from m_{table}))")
        assert f"another table, m_{table}" in live.doctor()["policies"].said
    finally:
        backend.sql(f"drop table {table} cascade; drop function f_{table}; drop table m_{table}")
