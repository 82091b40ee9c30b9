"""Phoenix frames on the wire: objects with vsn 1.0.0, arrays with vsn 2.0.0. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from rtwidget.local.capture.change_payload import text

VERSIONS = ("1.0.0", "2.0.0")


@dataclass(frozen=True, slots=True)
class Push:
    """A frame from a client."""

    topic: str
    event: str
    payload: dict[str, Any] = field(default_factory=dict)
    ref: str | None = None
    join_ref: str | None = None


def read_push(data: str, version: str) -> Push | None:
    """Read a client's frame; None for one that the real server drops without an answer."""
    try:
        frame = json.loads(data)
        if version == "1.0.0":
            topic, event, payload = frame["topic"], frame["event"], frame["payload"]
            ref, join_ref = frame.get("ref"), frame.get("join_ref")
        else:
            join_ref, ref, topic, event, payload = frame
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    if not (isinstance(topic, str) and isinstance(event, str)):
        return None
    return Push(topic, event, payload if isinstance(payload, dict) else {}, ref, join_ref)


def write(  # noqa: PLR0917  (in the order of the wire)
    version: str, join_ref: str | None, ref: str | None, topic: str, event: str, payload: str
) -> str:
    """Write a server's frame.

    Args:
        version: `1.0.0` or `2.0.0`.
        join_ref: Reference of the join; vsn 1 does not carry it.
        ref: Reference of the push that is answered.
        topic: Topic with its prefix.
        event: Name of the event.
        payload: JSON text.
    """
    if version == "1.0.0":
        return (
            f'{{"ref":{text(ref)},"event":{text(event)},"payload":{payload},"topic":{text(topic)}}}'
        )
    return f"[{text(join_ref)},{text(ref)},{text(topic)},{text(event)},{payload}]"


def changes(version: str, topic: str, ids: list[int], data: str) -> str:
    """Write a `postgres_changes` frame around the JSON of its `data`."""
    payload = f'{{"data":{data},"ids":{text(ids)}}}'
    return write(version, None, None, topic, "postgres_changes", payload)
