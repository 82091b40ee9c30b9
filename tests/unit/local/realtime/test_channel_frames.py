"""What a joined topic says to its client."""

from __future__ import annotations

import json
from typing import Any

from rtwidget.local.realtime.channel_frames import ChannelFrames


class Sender:
    """A socket that keeps what it is given."""

    version = "2.0.0"

    def __init__(self) -> None:
        self.frames: list[Any] = []

    def send(self, frame: str) -> None:
        self.frames.append(json.loads(frame))


def test_frames_name_the_join_and_messages_the_bare_topic() -> None:
    sender = Sender()
    frames = ChannelFrames(sender, "realtime:a:b", "4")
    frames.changes([1], '{"x":1}')
    frames.system("postgres_changes", "ok", "Subscribed")
    frames.closed()
    message = {
        "message": "Subscribed",
        "status": "ok",
        "extension": "postgres_changes",
        "channel": "a:b",
    }
    assert sender.frames == [
        [None, None, "realtime:a:b", "postgres_changes", {"data": {"x": 1}, "ids": [1]}],
        ["4", None, "realtime:a:b", "system", message],
        ["4", "4", "realtime:a:b", "phx_close", {}],
    ]
