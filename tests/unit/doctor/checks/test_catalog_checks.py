"""What the catalog says of grants and row-level security, beyond what a test can make of one server."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.catalog_checks import check_grants, check_row_security
from rtwidget.doctor.finding import Finding, Verdict
from tests.unit.doctor.checks.healthy_table import facts, role


@pytest.mark.parametrize(
    ("finding", "verdict", "said"),
    [
        (check_grants(facts(role=None), "s", "t", ["id"]), Verdict.PROBLEM, "no such role"),
        (check_grants(facts(role=role(enters=False)), "s", "t", ["id"]), Verdict.PROBLEM, "schema"),
        (check_grants(facts(role=role(hidden=("n",))), "s", "t", ["id"]), Verdict.WARNING, "not n"),
        (check_row_security(facts(role=None), "s", "t"), Verdict.SKIPPED, ""),
        (check_row_security(facts(kind="f"), "s", "t"), Verdict.WARNING, "only tables"),
    ],
)
def test_each_case_has_its_verdict(finding: Finding, verdict: Verdict, said: str) -> None:
    assert finding.verdict is verdict
    assert said in finding.said
    assert bool(finding.mend) is (verdict in (Verdict.WARNING, Verdict.PROBLEM))


def test_names_can_be_copied() -> None:
    bound = facts(role=role(name='we"b', policies=()))
    assert 'to "we""b" using' in check_row_security(bound, "s", "t").mend
