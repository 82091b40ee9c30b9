"""Phoenix frames in both versions of the protocol."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.realtime.phoenix_frames import (
    VERSIONS,
    Push,
    read_push,
    write_changes,
    write_frame,
    write_reply,
)

REFS = st.none() | st.text(max_size=3)
ANY_VERSION = st.sampled_from(VERSIONS)


@given(ANY_VERSION, REFS, REFS, st.text(), st.text())
def test_written_frames_are_json_of_their_version(
    version: str, join_ref: str | None, ref: str | None, topic: str, event: str
) -> None:
    frame = json.loads(write_frame(version, join_ref, ref, topic, event, '{"a": 1.10}'))
    if version == "2.0.0":
        assert frame == [join_ref, ref, topic, event, {"a": 1.1}]
    else:
        assert frame == {"ref": ref, "topic": topic, "event": event, "payload": {"a": 1.1}}


@given(ANY_VERSION, st.text())
def test_any_client_text_is_read_or_dropped(version: str, data: str) -> None:
    push = read_push(data, version)
    assert push is None or isinstance(push.topic, str)


@pytest.mark.parametrize(
    "data", ["{not json", '{"topic":"t","payload":{}}', "[]", "null", "1", "[1,2,3,4,5]"]
)
def test_malformed_frames_are_dropped(data: str) -> None:
    assert read_push(data, "1.0.0") is None
    assert read_push(data, "2.0.0") is None


@pytest.mark.parametrize(
    ("version", "frame"),
    [
        (
            "1.0.0",
            '{"ref":"7","event":"phx_reply","payload":{"status":"ok","response":{"a":1}},"topic":"t"}',
        ),
        ("2.0.0", '["3","7","t","phx_reply",{"status":"ok","response":{"a":1}}]'),
    ],
)
def test_a_reply_carries_the_references_of_its_push(version: str, frame: str) -> None:
    push = Push("t", "phx_join", {}, ref="7", join_ref="3")
    assert write_reply(version, push, "ok", {"a": 1}) == frame


def test_the_data_of_a_change_is_sent_as_it_was_written() -> None:
    frame = write_changes("2.0.0", "realtime:é", [5, 1], '{"record": {"amount": 1.10}}')
    assert frame == (
        '[null,null,"realtime:é","postgres_changes",{"data":{"record": {"amount": 1.10}},"ids":[5,1]}]'
    )
