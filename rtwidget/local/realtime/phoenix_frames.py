"""Phoenix frames on the wire: objects with vsn 1.0.0, arrays with vsn 2.0.0. Pure.

https://hexdocs.pm/phoenix/writing_a_channels_client.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

VERSIONS = ("1.0.0", "2.0.0")
TOPIC_PREFIX = "realtime:"


@dataclass(frozen=True, slots=True)
class Push:
    """A frame from a client."""

    topic: str
    event: str
    payload: dict[str, Any] = field(default_factory=dict)
    ref: str | None = None
    join_ref: str | None = None


def read_push(data: str, version: str) -> Push | None:
    """Read a client's frame; None for one that the real server drops without an answer.

    Args:
        data: The text of the WebSocket message.
        version: `1.0.0` or `2.0.0`.
    """
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


def write_frame(  # noqa: PLR0917  (in the order of the wire)
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
            f'{{"ref":{compact_json(ref)},"event":{compact_json(event)},'
            f'"payload":{payload},"topic":{compact_json(topic)}}}'
        )
    return (
        f"[{compact_json(join_ref)},{compact_json(ref)},{compact_json(topic)},"
        f"{compact_json(event)},{payload}]"
    )


def write_reply(version: str, push: Push, status: str, response: dict[str, Any]) -> str:
    """Write the `phx_reply` to a push.

    Args:
        version: `1.0.0` or `2.0.0`.
        push: Whose references the reply carries.
        status: `ok` or `error`.
        response: The payload's member of that name.
    """
    payload = compact_json({"status": status, "response": response})
    return write_frame(version, push.join_ref, push.ref, push.topic, "phx_reply", payload)


def write_changes(version: str, topic: str, ids: list[int], data: str) -> str:
    """Write a `postgres_changes` frame.

    Args:
        version: `1.0.0` or `2.0.0`.
        topic: Topic with its prefix.
        ids: The bindings that it is for.
        data: JSON text of the payload's member of that name.
    """
    # Put together as text: parsing the data again would change the digits of numbers.
    payload = f'{{"data":{data},"ids":{compact_json(ids)}}}'
    return write_frame(version, None, None, topic, "postgres_changes", payload)


def compact_json(value: object) -> str:
    """Write a value as the real server does: no spaces, no escapes beyond the necessary."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
