"""What keeps a PostgreSQL table from being announced, beyond what a test can make of one server."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.listen_checks import (
    check_connection,
    check_role,
    check_server,
    check_triggers,
)
from rtwidget.doctor.finding import Finding, Verdict
from rtwidget.sources.postgres.catalog.catalog import Table
from rtwidget.sources.postgres.triggers.trigger_check import announcing
from tests.unit.doctor.checks.healthy_table import facts
from tests.unit.sources.postgres.connect.test_address import address

SILENT = announcing("s", "a b", Table(1, "r", "web", "owner", (), ()))


@pytest.mark.parametrize(
    ("finding", "verdict", "said"),
    [
        (check_server(facts()), Verdict.OK, "primary"),
        (check_server(facts(standby=True)), Verdict.PROBLEM, "standby"),
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


def test_commands_can_be_copied() -> None:
    assert "enable 'a b' --schema s --dsn" in check_triggers(SILENT).mend
