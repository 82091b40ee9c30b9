"""How far a connection came, step by step, and whether a change of our own was heard on it."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.stream_checks import CHECKS, check_round_trip, check_stream
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.stream_examination import RoundTrip, StreamTrial
from rtwidget.errors import (
    ConnectionLostError,
    NotificationsUnavailableError,
    NotPublishedError,
    SourceError,
)
from rtwidget.sources.supabase.realtime.socket import Stage

OPENED, JOINED = [Stage.OPENED], [Stage.OPENED, Stage.JOINED]


@pytest.mark.parametrize(
    ("error", "stages", "failed"),
    [
        (ConnectionLostError("no"), [], "websocket"),
        (NotificationsUnavailableError("no"), OPENED, "join"),
        (NotPublishedError("no"), JOINED, "publication"),
        (NotificationsUnavailableError("no"), JOINED, "subscribed"),
    ],
)
def test_steps_before_the_failed_one_are_well_and_those_after_it_are_left(
    error: SourceError, stages: list[Stage], failed: str
) -> None:
    findings = check_stream(StreamTrial(error=error), stages)
    assert [finding.check for finding in findings] == list(CHECKS)
    place = CHECKS.index(failed)
    verdicts = [finding.verdict for finding in findings]
    assert verdicts[place] is Verdict.PROBLEM
    assert Verdict.PROBLEM not in verdicts[:place]
    assert set(verdicts[place + 1 :]) <= {Verdict.SKIPPED}


def test_a_slow_start_is_warned_of() -> None:
    assert check_stream(StreamTrial(4.9), JOINED)[-1].verdict is Verdict.OK
    assert check_stream(StreamTrial(5.0), JOINED)[-1].verdict is Verdict.WARNING


@pytest.mark.parametrize(
    ("round_trip", "verdict"),
    [
        (None, Verdict.SKIPPED),
        (RoundTrip(0.2), Verdict.OK),
        (RoundTrip(), Verdict.PROBLEM),
        (RoundTrip(error=ConnectionLostError("It ended.")), Verdict.PROBLEM),
        (RoundTrip(error=SourceError("No.")), Verdict.WARNING),
    ],
)
def test_round_trips(round_trip: RoundTrip | None, verdict: Verdict) -> None:
    assert check_round_trip(round_trip, "mend").verdict is verdict
