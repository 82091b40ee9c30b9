"""Failures that users of other clients reported, at the level of the protocol."""

from __future__ import annotations

import json

import pytest

from rtwidget.abc import Live, Notification
from rtwidget.errors import ConnectionLostError
from rtwidget.sources.supabase.realtime.channel import Channel

TOPIC = "realtime:proposals"


def frame(event: str, payload: object, ref: str | None, join_ref: str | None) -> str:
    return json.dumps([join_ref, ref, TOPIC, event, payload])


@pytest.fixture
def live() -> Channel:
    channel = Channel("public", "agent_proposals", ("id",), TOPIC, 0.0)
    channel.join(None)
    channel.receive(frame("phx_reply", {"status": "ok", "response": {}}, "1", "1"), 0.1)
    subscribed = {
        "message": "Subscribed to PostgreSQL",
        "status": "ok",
        "extension": "postgres_changes",
    }
    assert channel.receive(frame("system", subscribed, None, "1"), 0.2) == Live()
    return channel


@pytest.mark.parametrize("event", ["phx_close", "phx_error"])
def test_supabase_py_1311_the_late_end_of_an_older_join_ends_nothing(
    live: Channel, event: str
) -> None:
    assert live.receive(frame(event, {}, "0", "0"), 1.0) is None
    data = {
        "type": "UPDATE",
        "schema": "public",
        "table": "agent_proposals",
        "commit_timestamp": "2026-11-22T17:47:10.190Z",
        "columns": [{"name": "id", "type": "int8"}],
        "record": {"id": 7},
        "old_record": {"id": 7},
        "errors": None,
    }
    news = live.receive(frame("postgres_changes", {"ids": [1], "data": data}, None, None), 1.1)
    assert isinstance(news, Notification)
    assert news.keys == ((7,),)
    with pytest.raises(ConnectionLostError):
        live.receive(frame(event, {}, "1", "1"), 1.2)
