"""Whether a change of our own is heard on a connection."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from rtwidget.abc import Event, Live, Notification
from rtwidget.doctor.stream_examination import try_stream
from rtwidget.errors import (
    ConnectionLostError,
)


@pytest.mark.parametrize(
    ("events", "heard"),
    [
        ([Live(), Notification(((1,), (2,)))], True),
        ([Live(), Notification(((1,),)), Notification(everything=True)], True),
        ([Live(), Notification(((1,),)), Notification((("3",),))], False),
    ],
)
async def test_a_connection_hears_its_own_change(events: list[Event], heard: bool) -> None:  # noqa: FBT001
    async def life() -> AsyncGenerator[Event, None]:
        for event in events:
            yield event
        raise ConnectionLostError("The end.")

    written: list[bool] = []

    async def write() -> None:
        written.append(True)

    trial = await try_stream(life(), (("2",), write))
    assert trial.live_after_s is not None
    assert trial.round_trip is not None
    assert (trial.round_trip.heard_after_s is not None) is heard
    assert isinstance(trial.round_trip.error, ConnectionLostError) is not heard
    assert written == [True]
