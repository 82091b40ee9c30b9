"""One join's life: recorded frames and a clock in, events and typed errors out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import (
    AuthenticationError,
    ConnectionLostError,
    NotificationsUnavailableError,
    RtwidgetError,
)
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.realtime import channel as life
from rtwidget.sources.supabase.realtime.channel import Channel

FIXTURES = Path(__file__).parent / "fixtures"
TOPIC = "realtime:proposals"
SUBSCRIBED = {
    "message": "Subscribed to PostgreSQL",
    "status": "ok",
    "extension": "postgres_changes",
}
Json = str | None | dict[str, object]


def frame(event: str, payload: object, ref: str | None = None, join_ref: str | None = "1") -> str:
    return json.dumps([join_ref, ref, TOPIC, event, payload])


def trouble(message: str, extension: str = "postgres_changes") -> str:
    return frame("system", {"message": message, "status": "error", "extension": extension})


@pytest.fixture
def joining() -> Channel:
    return Channel("public", "agent_proposals", ("id",), TOPIC, 0.0)


@pytest.fixture
def live(joining: Channel) -> Channel:
    joining.receive(frame("phx_reply", {"status": "ok", "response": {}}, "1"), 0.1)
    assert joining.receive(frame("system", SUBSCRIBED), 0.2) == Live()
    return joining


def test_the_join_names_only_the_key_and_sets_no_filter(joining: Channel) -> None:
    join_ref, ref, topic, event, payload = json.loads(joining.join(Secret("tok")))
    assert (join_ref, ref, topic, event) == ("1", "1", TOPIC, "phx_join")
    assert payload["access_token"] == "tok"
    assert payload["config"]["postgres_changes"] == [
        {"event": "*", "schema": "public", "table": "agent_proposals", "select": ["id"]}
    ]
    assert payload["config"]["presence"]["enabled"] is False
    assert "access_token" not in json.loads(joining.join(None))[4]


def test_live_means_the_system_message_not_the_reply(joining: Channel) -> None:
    ok = frame("phx_reply", {"status": "ok", "response": {"postgres_changes": []}}, "1")
    assert joining.receive(ok, 1.0) is None
    assert joining.receive(frame("system", SUBSCRIBED), 2.0) == Live()


def test_a_recorded_session_gives_live_and_its_keys() -> None:
    channel = Channel("public", "agent_proposals", ("id",), TOPIC, 0.0)
    events: list[Event] = []
    for line in (FIXTURES / "01_join_vsn2.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry["dir"] == "client" and entry["frame"][3] == "access_token":
            channel.push_token(Secret("other"), entry["t"])
        if entry["dir"] == "server" and entry["t"] < 17:
            recorded = json.dumps(entry["frame"]).replace('["2",', '["1",', 1)
            event = channel.receive(recorded, entry["t"])
            events += [event] if event else []
    assert events[0] == Live()
    assert [one.keys for one in events[1:] if isinstance(one, Notification)] == [((4,),), ((5,),)]


def test_every_recorded_server_frame_is_read_without_a_crash() -> None:
    outcomes: set[str] = set()
    for line in (FIXTURES / "server_frames.jsonl").read_text().splitlines():
        recorded = json.loads(line)["frame"]
        if isinstance(recorded, dict) and "event" in recorded:  # recorded with protocol 1.0.0
            old = recorded
            recorded = [None, old["ref"], old["topic"], old["event"], old["payload"]]
        topic = recorded[2] if isinstance(recorded, list) else TOPIC
        channel = Channel("public", "agent_proposals", ("id",), topic, 0.0)
        if isinstance(recorded, list):
            recorded[0] = "1"
        try:
            outcomes.add(type(channel.receive(json.dumps(recorded), 1.0)).__name__)
        except RtwidgetError as error:
            outcomes.add(type(error).__name__)
    assert outcomes >= {"Live", "Notification", "NoneType", "AuthenticationError"}
    assert outcomes >= {"ConnectionLostError", "NotificationsUnavailableError"}


def test_heartbeats_are_sent_and_missed(live: Channel) -> None:
    assert live.next_tick() == life.HEARTBEAT_S
    assert live.tick(life.HEARTBEAT_S - 1) == []
    (beat,) = live.tick(life.HEARTBEAT_S)
    ref = json.loads(beat)[1]
    assert live.tick(life.HEARTBEAT_S + 1) == []
    reply = json.dumps([None, ref, "phoenix", "phx_reply", {"status": "ok", "response": {}}])
    live.receive(reply, life.HEARTBEAT_S + 2)
    assert live.tick(2 * life.HEARTBEAT_S)
    with pytest.raises(ConnectionLostError, match="stopped answering"):
        live.tick(2 * life.HEARTBEAT_S + life.REPLY_S)


def test_a_server_that_closes_after_a_minute_of_silence_hears_from_us_in_time(
    live: Channel,
) -> None:
    """Reference 1.3: 60 s without a frame of ours; the numbers stand here, because a constant equals itself."""
    spoke_at, now = 0.0, 0.0
    while now < 300.0:
        now += 1.0
        for beat in live.tick(now):
            assert now - spoke_at <= 30.0
            spoke_at = now
            ok = {"status": "ok", "response": {}}
            live.receive(json.dumps([None, json.loads(beat)[1], "phoenix", "phx_reply", ok]), now)
    assert live.next_tick() < now + 60.0
    live.tick(live.next_tick())
    assert live.next_tick() < now + 60.0
    with pytest.raises(ConnectionLostError):
        live.tick(live.next_tick())


def test_a_join_without_an_answer_ends(joining: Channel) -> None:
    for now in (20.0, 25.0):
        joining.tick(now)
        joining.receive(json.dumps([None, "2", "phoenix", "phx_reply", {"status": "ok"}]), now)
    with pytest.raises(ConnectionLostError, match="join"):
        joining.tick(life.JOIN_S)


def test_a_join_that_never_becomes_live_ends_with_what_the_server_said(joining: Channel) -> None:
    joining.receive(frame("phx_reply", {"status": "ok", "response": {}}, "1"), 1.0)
    joining.receive(trouble('{:error, "Too many database timeouts"}'), 5.0)
    assert joining.next_tick() == life.HEARTBEAT_S
    with pytest.raises(ConnectionLostError, match="database timeouts"):
        joining.tick(life.LIVE_S)


def test_the_servers_own_retry_can_still_succeed(joining: Channel) -> None:
    joining.receive(trouble("{:error, :timeout}"), 5.0)
    assert joining.receive(frame("system", SUBSCRIBED), 12.0) == Live()


def test_a_repeated_subscription_is_a_possible_gap_on_a_stream_that_goes_on(live: Channel) -> None:
    for now in (100.0, 100.1):
        heard = live.receive(frame("system", SUBSCRIBED), now)
        assert heard == Notification(everything=True)


def test_a_pushed_token_explains_one_repetition(live: Channel) -> None:
    pushed = json.loads(live.push_token(Secret("fresh"), 100.0))
    assert pushed[3:] == ["access_token", {"access_token": "fresh"}]
    assert live.receive(frame("system", SUBSCRIBED), 102.0) is None
    assert live.receive(frame("system", SUBSCRIBED), 103.0) == Notification(everything=True)


@pytest.mark.parametrize("event", ["phx_close", "phx_error"])
def test_the_end_of_our_join_is_a_loss_and_of_another_is_not(live: Channel, event: str) -> None:
    assert live.receive(frame(event, {}, "7", "7"), 1.0) is None
    with pytest.raises(ConnectionLostError):
        live.receive(frame(event, {}, "1"), 1.0)


def test_refusals_are_typed(live: Channel) -> None:
    with pytest.raises(AuthenticationError):
        live.receive(trouble("Token has expired 0 seconds ago", "system"), 1.0)
    with pytest.raises(NotificationsUnavailableError, match="alter publication"):
        live.receive(trouble("Unable to subscribe to changes with given parameters."), 1.0)
    reason = {"status": "error", "response": {"reason": "RealtimeRestarting: now"}}
    with pytest.raises(ConnectionLostError, match="RealtimeRestarting"):
        live.receive(frame("phx_reply", reason, "1"), 1.0)
    said = {"message": "Server requested disconnect", "status": "ok", "extension": "system"}
    with pytest.raises(ConnectionLostError, match="Server requested disconnect"):
        live.receive(frame("system", said, None, None), 1.0)


def test_leaving_is_polite(live: Channel) -> None:
    assert json.loads(live.leave())[2:] == [TOPIC, "phx_leave", {}]
