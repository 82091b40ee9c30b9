"""What the catalog says of what Realtime reads, beyond what a test can make of one server."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.publication_checks import check_identity, check_log, check_publication
from rtwidget.doctor.finding import Finding, Verdict
from tests.unit.doctor.checks.healthy_table import facts


@pytest.mark.parametrize(
    ("finding", "verdict", "said"),
    [
        (check_log(facts()), Verdict.OK, "17.2"),
        (check_log(facts(standby=True)), Verdict.WARNING, "standby"),
        (check_log(facts(wal_level="replica")), Verdict.PROBLEM, "wal_level=replica"),
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
    ],
)
def test_each_case_has_its_verdict(finding: Finding, verdict: Verdict, said: str) -> None:
    assert finding.verdict is verdict
    assert said in finding.said
    assert bool(finding.mend) is (verdict in (Verdict.WARNING, Verdict.PROBLEM))
