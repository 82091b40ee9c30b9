"""Frames as they go over the wire: no filter, key columns alone, and a secret only in the text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.realtime.realtime_frames import (
    FRAMES,
    REPLIES,
    SYSTEMS,
    encode,
    heartbeat,
    join,
    names_of,
)

BINDING = ("public", "t", ("id", "part"))


def payload_of(token: Secret | None) -> Any:
    return json.loads(join("7", "realtime:t-1", BINDING, token))[4]


def test_a_heartbeat_is_nobodys_and_asks_for_nothing() -> None:
    assert json.loads(heartbeat("3")) == [None, "3", "phoenix", "heartbeat", {}]


def test_a_join_asks_for_all_changes_of_the_key_columns_without_a_filter() -> None:
    assert json.loads(join("7", "realtime:t-1", BINDING, None))[:4] == [
        "7",
        "7",
        "realtime:t-1",
        "phx_join",
    ]
    (changes,) = payload_of(None)["config"]["postgres_changes"]
    assert changes == {"event": "*", "schema": "public", "table": "t", "select": ["id", "part"]}


def test_a_join_names_a_token_only_where_there_is_one() -> None:
    assert "access_token" not in payload_of(None)
    assert payload_of(Secret("hidden"))["access_token"] == "hidden"


def test_what_is_neither_json_nor_a_secret_is_not_sent() -> None:
    with pytest.raises(NotImplementedError):
        encode(None, "1", "t", "e", {"thing": object()})


def test_a_frame_is_read_and_its_payload_later() -> None:
    frame = FRAMES.decode('[null,"1","t","phx_reply",{"status":"error","response":{"reason":"r"}}]')
    assert (frame.join_ref, frame.ref, frame.topic, frame.event) == (None, "1", "t", "phx_reply")
    assert REPLIES.decode(frame.payload).response.reason == "r"


def test_what_a_server_may_leave_out_is_no_error() -> None:
    assert REPLIES.decode('{"status":"ok"}').response.reason is None
    system = SYSTEMS.decode('{"status":"ok"}')
    assert (system.extension, system.message) == ("", "")


@pytest.mark.parametrize(
    ("data", "names"),
    [
        ('[1,2,"t","e",{}]', ("t", "e")),
        ('{"topic":"t","event":"e"}', ("t", "e")),
        ('{"event":"e"}', (None, "e")),
        ('[1,2,"t"]', ("t", None)),
        ("[]", (None, None)),
        ("5", (None, None)),
        ("no json", (None, None)),
        (b"\xff", (None, None)),
        ("[" * 100_000, (None, None)),
    ],
)
def test_of_a_frame_that_cannot_be_read_as_much_is_named_as_there_is(
    data: bytes | str, names: tuple[object, object]
) -> None:
    assert names_of(data) == names
