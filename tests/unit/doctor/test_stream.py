"""How far a connection came, step by step, and whether a change of our own was heard on it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from rtwidget.abc import Event, Live, Notification
from rtwidget.doctor.checks.stream_checks import CHECKS, judge_round_trip, judge_stream
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.stream_examination import Journey, RoundTrip, travel
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
    findings = judge_stream(Journey(error=error), stages)
    assert [finding.check for finding in findings] == list(CHECKS)
    place = CHECKS.index(failed)
    verdicts = [finding.verdict for finding in findings]
    assert verdicts[place] is Verdict.PROBLEM
    assert Verdict.PROBLEM not in verdicts[:place]
    assert set(verdicts[place + 1 :]) <= {Verdict.SKIPPED}


def test_a_slow_start_is_warned_of() -> None:
    assert judge_stream(Journey(4.9), JOINED)[-1].verdict is Verdict.OK
    assert judge_stream(Journey(5.0), JOINED)[-1].verdict is Verdict.WARNING


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
    assert judge_round_trip(round_trip, "mend").verdict is verdict


@pytest.mark.parametrize(
    ("events", "heard"),
    [
        ([Live(), Notification(((1,), (2,)))], True),
        ([Live(), Notification(((1,),)), Notification(everything=True)], True),
        ([Live(), Notification(((1,),)), Notification((("3",),))], False),
    ],
)
async def test_a_journey_hears_its_own_change(events: list[Event], heard: bool) -> None:  # noqa: FBT001
    async def life() -> AsyncGenerator[Event, None]:
        for event in events:
            yield event
        raise ConnectionLostError("The end.")

    written: list[bool] = []

    async def write() -> None:
        written.append(True)

    journey = await travel(life(), (("2",), write))
    assert journey.live_after_s is not None
    assert journey.round_trip is not None
    assert (journey.round_trip.heard_after_s is not None) is heard
    assert isinstance(journey.round_trip.error, ConnectionLostError) is not heard
    assert written == [True]
