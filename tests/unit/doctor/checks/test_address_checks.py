"""Where a table is read and by which clock: each case that a server can be in."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.address_checks import check_address, check_clock
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.supabase.address_probe import AddressAnswer
from rtwidget.sources.supabase.gateway.certificates import unreachable


@pytest.mark.parametrize(
    ("url", "answer", "verdict", "said"),
    [
        ("https://r.supabase.co", AddressAnswer(401, 0.1), Verdict.OK, "over TLS"),
        ("https://r.supabase.co", AddressAnswer(500, 0.1), Verdict.PROBLEM, "HTTP 500"),
        (
            "https://r.supabase.co",
            AddressAnswer(None, 1, failure=unreachable("host", "ReadError")),
            Verdict.PROBLEM,
            "Read",
        ),
        (
            "https://r-rr-eu-west-1-ab.supabase.co",
            AddressAnswer(401, 0.1),
            Verdict.WARNING,
            "replica",
        ),
        ("https://r-all.supabase.co", AddressAnswer(401, 0.1), Verdict.WARNING, "spreads"),
        ("https://small.supabase.co", AddressAnswer(401, 0.1), Verdict.OK, "over TLS"),
        ("http://db.lan", AddressAnswer(401, 0.1), Verdict.WARNING, "in the clear"),
    ],
)
def test_addresses(url: str, answer: AddressAnswer, verdict: Verdict, said: str) -> None:
    finding = check_address(url, "host", answer, is_local=False)
    assert (finding.verdict, said in finding.said) == (verdict, True)
    assert bool(finding.mend) is (verdict is not Verdict.OK)


@pytest.mark.parametrize(
    ("skew_s", "verdict", "said"),
    [
        (None, Verdict.SKIPPED, ""),
        (5.0, Verdict.OK, ""),
        (-5.1, Verdict.WARNING, "5 s behind"),
        (30.0, Verdict.WARNING, "30 s ahead of"),
        (-30.1, Verdict.PROBLEM, "behind"),
        (7_300.0, Verdict.PROBLEM, "2 h ahead of"),
    ],
)
def test_clocks(skew_s: float | None, verdict: Verdict, said: str) -> None:
    finding = check_clock(skew_s)
    assert finding.verdict is verdict
    assert said in finding.said
