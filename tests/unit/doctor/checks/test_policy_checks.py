"""Policies and the functions that they call: which change their mind without any change of the row."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.policy_checks import check_policies
from rtwidget.doctor.finding import Finding, Verdict
from rtwidget.doctor.postgres.catalog_facts import Call, Policy
from tests.unit.doctor.checks.healthy_table import facts, role


def judged(*policies: Policy) -> Finding:
    return check_policies(facts(row_security=True, role=role(policies=policies)))


def calling(text: str) -> Policy:
    return Policy("p", True, "f()", calls=(Call("f", text),))  # noqa: FBT003


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select now() > '2020-01-01'", "calls f(), which depends on the time"),
        ("begin return Clock_Timestamp () > at; end", "depends on the time"),
        ("select exists (select from only members)", "calls f(), which reads a table"),
        ('select 1 from "Members"', "reads a table"),
        ("select 1\n  FROM a\n  JOIN lateral b on true", "reads a table"),
    ],
)
def test_a_function_that_a_policy_calls_is_read(text: str, said: str) -> None:
    finding = judged(calling(text))
    assert finding.verdict is Verdict.WARNING
    assert said in finding.said
    assert "verify_every" in finding.mend


@pytest.mark.parametrize(
    "text",
    [
        "select auth.uid() = owner -- not now() from there",
        "select /* from members,\n now() */ owner is not distinct from auth.uid()",
        "select extract(day from at) = 3 and 'from members' <> 'it''s now()'",
        "select owner = 'known' || substring(name from 2)",
        "select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'",
    ],
)
def test_a_function_that_asks_neither_the_clock_nor_a_table_is_none(text: str) -> None:
    assert judged(calling(text)).verdict is Verdict.OK


def test_each_policy_is_named_with_what_it_depends_on() -> None:
    said = judged(
        Policy("timed", True, "(at > now())"),  # noqa: FBT003
        Policy("team", True, "(EXISTS ( SELECT\n   FROM members))", ("members",)),  # noqa: FBT003
        Policy("plain", True, "(owner = 'now()')"),  # noqa: FBT003
        calling("select now()"),
    ).said
    assert '"timed" depends on the time' in said
    assert '"team" depends on another table, members' in said
    assert '"p" calls f()' in said
    assert "plain" not in said


@pytest.mark.parametrize(
    ("finding", "verdict", "said"),
    [
        (check_policies(facts(role=None)), Verdict.SKIPPED, ""),
        (check_policies(facts(role=role(policies=()))), Verdict.SKIPPED, "no policy"),
    ],
)
def test_without_a_policy_that_decides_nothing_is_said(
    finding: Finding, verdict: Verdict, said: str
) -> None:
    assert finding.verdict is verdict
    assert said in finding.said
