"""How a table says that it stands: in the doctor's line, and while it is paused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import Problem, State
from rtwidget.widget.reading.diagnosis import judge_state

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
TROUBLE = Problem("It is unpublished.", "Publish it.")


@pytest.mark.parametrize(
    ("state", "verdict", "mend"),
    [
        (State.CONNECTING, Verdict.WARNING, "Wait until it is there"),
        (State.LOADING, Verdict.WARNING, "Wait until it is there"),
        (State.LIVE, Verdict.OK, ""),
        (State.POLLING, Verdict.WARNING, "`t.refresh()` tries"),
        (State.OFFLINE, Verdict.PROBLEM, ""),
        (State.FAILED, Verdict.PROBLEM, ""),
        (State.PAUSED, Verdict.SKIPPED, ""),
        (State.CLOSED, Verdict.SKIPPED, ""),
    ],
)
def test_the_doctor_judges_each_state_and_passes_on_what_mends_it(
    state: State, verdict: Verdict, mend: str
) -> None:
    found = judge_state(Status(state, SINCE, rows=1_234))
    assert found.verdict is verdict
    assert f"{state}, with 1,234 rows." in found.said
    assert found.mend.startswith(mend)
    assert bool(found.mend) == bool(mend)
    told = judge_state(Status(state, SINCE, error=TROUBLE))
    assert "It is unpublished." in told.said
    if verdict in (Verdict.WARNING, Verdict.PROBLEM):
        assert told.mend == "Publish it."
