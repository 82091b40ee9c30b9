"""Whether rows are visible and announced, as the table itself has seen it."""

from __future__ import annotations

import pytest

from rtwidget.doctor.access_report import Access, Seen, check_agreement, check_seen
from rtwidget.doctor.finding import Verdict, ok


@pytest.mark.parametrize(
    ("rows", "verdict", "said"),
    [
        (None, Verdict.SKIPPED, "not been read whole"),
        (0, Verdict.WARNING, "No row is visible"),
        (1, Verdict.OK, "1 row is visible"),
        (1200, Verdict.OK, "1,200 rows are visible"),
    ],
)
def test_rows(rows: int | None, verdict: Verdict, said: str) -> None:
    found = check_seen(Seen(rows, is_live=True, unannounced=0))
    assert (found.verdict, said in found.said) == (verdict, True)


@pytest.mark.parametrize(
    ("seen", "verdict", "said"),
    [
        (Seen(1, is_live=False, unannounced=3), Verdict.SKIPPED, "No notifications"),
        (Seen(1, is_live=True, unannounced=1), Verdict.WARNING, "But once rows"),
        (Seen(1, is_live=True, unannounced=3, agreed_ago_s=1.0), Verdict.WARNING, "But 3 times"),
        (Seen(1, is_live=True, unannounced=0), Verdict.OK, "No probe"),
        (Seen(1, is_live=True, unannounced=0, agreed_ago_s=-5.0), Verdict.OK, "0 s ago"),
        (Seen(1, is_live=True, unannounced=0, agreed_ago_s=300.0), Verdict.OK, "5 min ago"),
    ],
)
def test_agreement(seen: Seen, verdict: Verdict, said: str) -> None:
    found = check_agreement(seen, "Both are one.")
    assert (found.verdict, said in found.said) == (verdict, True)


def test_the_report_shows_its_sentences() -> None:
    access = Access("t", "anon", (), False, False, True, (ok("rows", "3 rows."),))  # noqa: FBT003
    assert repr(access).startswith("t: who reads it\n")
    assert "3 rows." in access._repr_html_()
