"""Two looks at one thing are one line of a report."""

from __future__ import annotations

from rtwidget.doctor.finding import Finding, Verdict, ok, problem, warning
from rtwidget.doctor.merging import with_catalog

GOOD = ok("address", "It answers.")


ODD = warning("rows", "None.", "Sign in.")


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
