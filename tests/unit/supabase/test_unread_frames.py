"""Frames that cannot be read: a change that may have been ours is repaired, all others are ignored."""

from __future__ import annotations

import json

import pytest

from rtwidget.abc import Notification
from rtwidget.sources.supabase.realtime.channel import Channel

TOPIC = "realtime:proposals"
ANYTHING = Notification(everything=True)
DATED = {
    "type": "INSERT",
    "columns": [],
    "record": {"id": 1},
    "commit_timestamp": "0001-01-01T00:00:00",
}


def frame(event: str, payload: object) -> str:
    return json.dumps(["1", None, TOPIC, event, payload])


@pytest.fixture
def channel() -> Channel:
    return Channel("public", "agent_proposals", ("id",), TOPIC, 0.0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1,2]",
        b"\xff\x00",
        b"[" * 50_000,
        "null",
        frame("postgres_changes", "no payload"),
        frame("postgres_changes", {"data": {"schema": "public"}}),
        frame(
            "postgres_changes", {"data": {"schema": "public", "table": "agent_proposals", **DATED}}
        ),
        json.dumps([1, 2, TOPIC, "postgres_changes", {}]),
        json.dumps([None, None, TOPIC, 7, {}]),
        json.dumps({"topic": TOPIC, "event": "postgres_changes", "payload": {}, "ref": None}),
    ],
)
def test_a_frame_that_may_have_been_a_change_could_be_any(
    channel: Channel, data: bytes | str
) -> None:
    assert channel.receive(data, 1.0) == ANYTHING


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([1, 2, "realtime:other", "postgres_changes", {}]),
        json.dumps([1, 2, TOPIC, "presence_state", {}]),
        json.dumps({"topic": TOPIC, "event": "presence_state", "payload": {}}),
        frame("system", {"status": 5}),
        frame("phx_reply", []),
        frame("postgres_changes", {"data": {"schema": "public", "table": "other"}}),
    ],
)
def test_a_frame_that_is_certainly_no_change_of_ours_is_ignored(
    channel: Channel, data: bytes | str
) -> None:
    assert channel.receive(data, 1.0) is None
