"""A report as text and as HTML: nothing a server says can break a line or become markup."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget.abc import ResolvedSource
from rtwidget.doctor.examine import examine
from rtwidget.doctor.finding import Finding, Verdict, ok, problem, skipped, warning
from rtwidget.doctor.merging import with_catalog
from rtwidget.doctor.report import Report
from rtwidget.doctor.sql_names import relation

GOOD = ok("address", "It answers.")
ODD = warning("rows", "None.", "Sign in.")
BAD = problem("publication", "It is in none.", "Run `alter publication p add table t;`.")
LEFT = skipped("subscribed", "It comes after.")


def test_the_worst_verdict_is_the_reports() -> None:
    assert Report("t", (GOOD, ODD, BAD, LEFT)).verdict is Verdict.PROBLEM
    assert Report("t", (GOOD, ODD, LEFT)).verdict is Verdict.WARNING
    assert Report("t", (LEFT, GOOD)).verdict is Verdict.OK
    assert Report("t", (LEFT,)).verdict is Verdict.SKIPPED
    assert Report("t", ()).verdict is Verdict.SKIPPED


def test_text_has_one_line_for_each_check_and_what_mends_it_below() -> None:
    assert repr(Report("t", (GOOD, ODD, BAD, LEFT))).splitlines() == [
        "t: 1 problem, 1 warning",
        "✓ ok       address      It answers.",
        "! warning  rows         None.",
        "                        -> Sign in.",
        "✗ problem  publication  It is in none.",
        "                        -> Run `alter publication p add table t;`.",
        "· skipped  subscribed   It comes after.",
    ]
    assert repr(Report("t", (BAD, BAD))).startswith("t: 2 problems\n")
    assert repr(Report("t", ())) == "t: no problem found"


def test_findings_are_looked_up_by_their_check() -> None:
    report = Report("t", (GOOD, BAD))
    assert report["publication"] is BAD
    assert list(report) == [GOOD, BAD]
    assert report.problems == (BAD,)
    with pytest.raises(KeyError):
        report["nothing"]


def test_what_a_server_says_stays_text() -> None:
    nasty = problem("<b>x</b>", "a\r\n\x1b[31mb\u2028c\ud800 <script>", "`<i>` and ` alone")
    report = Report('"t"<img>', (nasty,))
    text = repr(report)
    assert len(text.splitlines()) == 3
    assert "\x1b" not in text
    text.encode()
    html = report._repr_html_()
    html.encode()
    for tag in ("<script", "<img", "<b>x", "<i>"):
        assert tag not in html
    assert "<code>&lt;i&gt;</code> and ` alone" in html


def test_of_two_looks_at_one_thing_the_worse_is_told() -> None:
    catalog = [
        problem("publication", "by the catalog"),
        ok("rows", "by the catalog"),
        warning("grants", "by the catalog"),
    ]
    merged = with_catalog([GOOD, ODD, ok("publication", "by the server")], catalog)
    assert [(one.check, one.said) for one in merged] == [
        ("address", "It answers."),
        ("rows", "None."),
        ("publication", "by the catalog"),
        ("grants", "by the catalog"),
    ]
    equal = with_catalog(
        [ok("publication", "by the server")], [ok("publication", "by the catalog")]
    )
    assert equal == [Finding("publication", Verdict.OK, "by the catalog")]


def test_names_are_quoted_as_sql_wants_them() -> None:
    assert relation("a.b", 'select "x"; --') == '"a.b"."select ""x""; --"'


class Elsewhere:
    """A request to a source that the doctor does not know."""

    title = "t"

    async def resolve(self) -> ResolvedSource:
        raise AssertionError("Nothing is asked of it.")


def test_a_source_without_checks_says_so() -> None:
    report = asyncio.run(examine(Elsewhere()))
    assert report["source"].verdict is Verdict.SKIPPED
    assert "rtwidget" in report["versions"].said
