"""What the catalog can say beyond what a test can make of one server."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.doctor.checks.catalog_checks import check_grants, check_row_security
from rtwidget.doctor.checks.listen_checks import (
    check_connection,
    check_role,
    check_server,
    check_triggers,
)
from rtwidget.doctor.checks.policy_checks import check_policies
from rtwidget.doctor.checks.publication_checks import check_identity, check_log, check_publication
from rtwidget.doctor.finding import Finding, Verdict
from rtwidget.doctor.postgres.catalog_facts import Facts, Policy, Role, read_facts
from rtwidget.sources.postgres.announcing.trigger_check import announcing
from rtwidget.sources.postgres.catalog.catalog import Table
from tests.unit.sources.postgres.connect.test_address import address

ROLE = Role("web", False, False, False, True, (), (Policy("all", True, "true"),))  # noqa: FBT003
HEALTHY: dict[str, Any] = {
    "kind": "r",
    "owner": "postgres",
    "partition": False,
    "role": ROLE,
    "columns": ("id", "n"),
    "key": ("id",),
    "row_security": True,
    "forced": False,
    "invoker": False,
    "identity": "d",
    "identity_columns": (),
    "publications": (),
    "wal_level": "logical",
    "standby": False,
    "version": "17.2",
    "rows": 3.0,
    "tls": True,
    "now": 1.0,
}

SILENT = announcing("s", "a b", Table(1, "r", "web", "owner", (), ()))


def facts(**other: Any) -> Facts:
    return Facts(**{**HEALTHY, **other})


def role(**other: Any) -> Role:
    return Role(**{**{name: getattr(ROLE, name) for name in ROLE.__struct_fields__}, **other})


@pytest.mark.parametrize(
    ("finding", "verdict", "said"),
    [
        (check_log(facts()), Verdict.OK, "17.2"),
        (check_log(facts(standby=True)), Verdict.WARNING, "standby"),
        (check_log(facts(wal_level="replica")), Verdict.PROBLEM, "wal_level=replica"),
        (check_server(facts()), Verdict.OK, "primary"),
        (check_server(facts(standby=True)), Verdict.PROBLEM, "standby"),
        (check_identity(facts(identity="f"), "s", "t", ["id"]), Verdict.OK, "whole row"),
        (check_identity(facts(key=()), "s", "t", ["id"]), Verdict.PROBLEM, "no primary key"),
        (check_identity(facts(kind="v"), "s", "t", ["id"]), Verdict.SKIPPED, ""),
        (
            check_identity(facts(identity="i", identity_columns=("id", "n")), "s", "t", ["id"]),
            Verdict.OK,
            "holds",
        ),
        (check_identity(facts(), "s", "t", ["n"]), Verdict.WARNING, "the key here is n"),
        (check_identity(facts(identity="f"), "s", "t", ["n"]), Verdict.WARNING, "the key here"),
        (
            check_identity(facts(identity="f", row_security=False), "s", "t", ["n"]),
            Verdict.OK,
            "whole row",
        ),
        (check_publication(facts(kind="m"), "s", "t"), Verdict.PROBLEM, "materialized"),
        (check_grants(facts(role=None), "s", "t", ["id"]), Verdict.PROBLEM, "no such role"),
        (check_grants(facts(role=role(enters=False)), "s", "t", ["id"]), Verdict.PROBLEM, "schema"),
        (check_grants(facts(role=role(hidden=("n",))), "s", "t", ["id"]), Verdict.WARNING, "not n"),
        (check_row_security(facts(role=None), "s", "t"), Verdict.SKIPPED, ""),
        (check_row_security(facts(kind="f"), "s", "t"), Verdict.WARNING, "only tables"),
        (check_policies(facts(role=None)), Verdict.SKIPPED, ""),
        (check_policies(facts(role=role(policies=()))), Verdict.SKIPPED, "no policy"),
        (check_role(facts(role=None)), Verdict.SKIPPED, ""),
        (check_connection(facts(), address("host=h")), Verdict.OK, "proved"),
        (check_connection(facts(), address("host=h", insecure=True)), Verdict.WARNING, "nobody"),
        (check_connection(facts(tls=False), address("host=::1")), Verdict.OK, "this machine"),
        (check_connection(facts(), address("host=::1")), Verdict.OK, "over TLS"),
        (
            check_connection(facts(tls=None), address("host=h", insecure=True)),
            Verdict.WARNING,
            "in the clear",
        ),
        (check_triggers(SILENT), Verdict.PROBLEM, "does not announce"),
    ],
)
def test_each_case_has_its_verdict(finding: Finding, verdict: Verdict, said: str) -> None:
    assert finding.verdict is verdict
    assert said in finding.said
    assert bool(finding.mend) is (verdict in (Verdict.WARNING, Verdict.PROBLEM))


def test_commands_and_names_can_be_copied() -> None:
    assert "enable 'a b' --schema s --dsn" in check_triggers(SILENT).mend
    bound = facts(role=role(name='we"b', policies=()))
    assert 'to "we""b" using' in check_row_security(bound, "s", "t").mend


def test_a_table_that_is_not_there_has_no_facts() -> None:
    assert read_facts(None) is None
