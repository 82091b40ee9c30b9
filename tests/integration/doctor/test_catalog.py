"""With the database's connection string, what the servers cannot tell is found in its catalog."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.local import LocalBackend
from tests.integration.doctor.conftest import Examine, not_ok, problems


def test_a_healthy_table_has_no_finding(dsn: str, table: str, examined: Examine) -> None:
    report = examined(dsn=dsn)
    assert not_ok(report) == {}
    assert "everybody" in report["row-level security"].said
    for check in ("server", "grants", "policies", "publication", "replica identity"):
        assert report[check].verdict is Verdict.OK


class Broken(NamedTuple):
    sql: str
    check: str
    said: str
    mended: str


SHOWS_NOTHING = ("row-level security", "no policy shows the role anon a row", "create policy")


@pytest.mark.parametrize(
    "broken",
    [
        Broken("drop policy everybody on {t}", *SHOWS_NOTHING),
        Broken("alter policy everybody on {t} to authenticated", *SHOWS_NOTHING),
        Broken(
            "drop policy everybody on {t}; create policy less on {t} as restrictive using (true)",
            *SHOWS_NOTHING,
        ),
        Broken(
            "alter publication supabase_realtime drop table {t}",
            "publication",
            "not",
            "alter publication supabase_realtime add table",
        ),
        Broken(
            "alter table {t} replica identity nothing",
            "replica identity",
            "refused",
            "replica identity default",
        ),
        Broken(
            "alter table {t} alter n set not null, add constraint by_n unique (n),"
            " replica identity using index by_n",
            "replica identity",
            "without the key",
            "replica identity default",
        ),
        Broken("revoke select on {t} from anon", "grants", "no column", "grant select on"),
    ],
)
def test_what_is_broken_in_the_catalog(
    backend: LocalBackend, dsn: str, table: str, examined: Examine, broken: Broken
) -> None:
    for statement in broken.sql.format(t=table).split(";"):
        backend.sql(statement)
    finding = examined(dsn=dsn)[broken.check]
    assert finding.verdict is Verdict.PROBLEM
    assert broken.said in finding.said
    sql = finding.mend.split("`")[1]
    assert broken.mended in sql
    backend.sql(sql)
    assert problems(examined(dsn=dsn)) == []


def test_a_policy_that_is_true_for_reads_alone(
    backend: LocalBackend, dsn: str, table: str, examined: Examine
) -> None:
    setting = "current_setting('request.jwt.claim.sub', true)"
    backend.sql(f"alter policy everybody on {table} using (owner = 'ada' or owner = {setting})")
    finding = examined(dsn=dsn)["policies"]
    assert finding.verdict is Verdict.PROBLEM
    assert "only the REST API sets" in finding.said
    assert "auth.uid()" in finding.mend


def test_a_key_column_without_a_grant(
    backend: LocalBackend, dsn: str, table: str, examined: Examine
) -> None:
    backend.sql(f"revoke select on {table} from anon; grant select (owner, n) on {table} to anon")
    report = examined(dsn=dsn, columns=["n"])
    assert "id of the key" in report["grants"].said
    backend.sql(report["grants"].mend.split("`")[1])
    report = examined(dsn=dsn, columns=["id", "n"])
    assert problems(report) == []


def test_a_publication_that_does_not_tell_everything(
    backend: LocalBackend, dsn: str, table: str, examined: Examine
) -> None:
    backend.sql("alter publication supabase_realtime set (publish = 'insert')")
    try:
        report = examined(dsn=dsn)
        assert problems(report) == ["publication"]
        assert "update, delete" in report["publication"].said
    finally:
        backend.sql(report["publication"].mend.split("`")[1])
    assert problems(examined(dsn=dsn)) == []


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("n > 0 and now() > '2020-01-01'", "depends on the time"),
        ("current_date > '2020-01-01'", "depends on the time"),
        ("exists (select from pg_class where relname = owner)", "depends on another table"),
        ("owner is distinct from (select auth.role())", ""),
        ("extract(day from date '2020-01-01') = 1", ""),
        ("(auth.jwt() ->> 'role') = 'anon'", ""),
    ],
)
def test_policies_that_change_their_mind_without_a_change(
    backend: LocalBackend, table: str, examined: Examine, condition: str, said: str
) -> None:
    backend.sql(f"alter policy everybody on {table} using ({condition})")
    finding = examined(dsn=backend.dsn)["policies"]
    assert finding.verdict is (Verdict.WARNING if said else Verdict.OK)
    assert said in finding.said


def test_partitioned_tables_and_views_are_never_announced(
    backend: LocalBackend, dsn: str, name: str, examined: Examine
) -> None:
    backend.sql(
        f"create table {name} (id int primary key) partition by range (id);"
        f"create table {name}_1 partition of {name} for values from (0) to (100);"
        f"alter publication supabase_realtime add table {name};"
        f"create view v_{name} as select * from {name}"
    )
    report = examined(dsn=dsn)
    assert "partitioned" in report["publication"].said
    report = examined(f"v_{name}", dsn=dsn)
    assert "can be in no publication" in report["publication"].said
    assert f"public.{name}" in report["publication"].mend
    assert "owner" in report["row-level security"].said
    backend.sql(report["row-level security"].mend.split("`")[1])
    assert examined(f"v_{name}", dsn=dsn)["row-level security"].verdict is Verdict.OK


def test_row_level_security_that_is_off(
    backend: LocalBackend, dsn: str, table: str, examined: Examine
) -> None:
    backend.sql(f"alter table {table} disable row level security")
    assert not_ok(examined(dsn=dsn)) == {"row-level security": Verdict.WARNING}


def test_a_key_that_row_level_security_does_not_bind(
    backend: LocalBackend, dsn: str, table: str, examined: Examine
) -> None:
    report = examined(dsn=dsn, key=backend.service_key)
    assert "BYPASSRLS" in report["row-level security"].said
