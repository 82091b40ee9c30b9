"""How full the queue of notifications is, and whom it waits for."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.queue_checks import Queue, Session, check_queue
from rtwidget.doctor.finding import Verdict

ME = Session(12, "web", "psql", 3600.4)
FOREIGN = Session(13)


@pytest.mark.parametrize(
    ("queue", "verdict", "said", "mend"),
    [
        (Queue(0.0), Verdict.OK, "0% full", ""),
        (Queue(0.09, idle=(ME,)), Verdict.OK, "9% full", ""),
        (Queue(0.1), Verdict.WARNING, "Once it is full", "pg_stat_activity"),
        (Queue(0.2, idle=(FOREIGN, ME)), Verdict.WARNING, "the session 13, the session 12", "(13)"),
        (Queue(0.7, idle=(FOREIGN,), oldest=ME), Verdict.WARNING, "3,600 s", "backend(12)"),
        (Queue(1.0, oldest=ME), Verdict.PROBLEM, "fails now", "backend(12)"),
        (Queue(1.0, oldest=FOREIGN), Verdict.PROBLEM, "waits for the session 13, which", "(13)"),
    ],
)
def test_each_case_has_its_verdict(queue: Queue, verdict: Verdict, said: str, mend: str) -> None:
    finding = check_queue(queue)
    assert finding.verdict is verdict
    assert said in finding.said
    assert mend in finding.mend
    assert bool(finding.mend) is bool(mend)
