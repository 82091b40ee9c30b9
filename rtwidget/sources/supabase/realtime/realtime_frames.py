"""Frames of the Realtime protocol, version 2.0.0: `[join_ref, ref, topic, event, payload]`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from rtwidget.sources.secret import Secret

VERSION = "2.0.0"


class Frame(msgspec.Struct, array_like=True, frozen=True):
    """One text frame, its payload not read yet."""

    join_ref: str | None
    ref: str | None
    topic: str
    event: str
    payload: msgspec.Raw


class Response(msgspec.Struct, frozen=True):
    """What a reply says beside its status."""

    reason: str | None = None


class Reply(msgspec.Struct, frozen=True):
    """The payload of `phx_reply`."""

    status: str
    response: Response = Response()


class System(msgspec.Struct, frozen=True):
    """The payload of `system` (reference section 1.6)."""

    status: str
    extension: str = ""
    message: str = ""


FRAMES = msgspec.json.Decoder(Frame)
REPLIES = msgspec.json.Decoder(Reply)
SYSTEMS = msgspec.json.Decoder(System)


def _revealed(value: object) -> str:
    """Return the text of a secret; called by the encoder, so that no variable of a frame ever holds it."""
    # The encoder's hook, so that the text of a token never stands in a variable of ours.
    if isinstance(value, Secret):
        return value.reveal()
    raise NotImplementedError


_ENCODER = msgspec.json.Encoder(enc_hook=_revealed)


def names_of(data: bytes | str) -> tuple[object, object]:
    """Return topic and event of a frame that could not be read, None for what is not there (any thread)."""
    try:
        frame = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None, None
    if isinstance(frame, dict):  # as protocol 1.0.0 has them
        return frame.get("topic"), frame.get("event")
    if isinstance(frame, list):
        return (*frame, None, None, None, None)[2:4]
    return None, None


def encode(
    join_ref: str | None, ref: str, topic: str, event: str, payload: Mapping[str, object]
) -> str:
    """Return one frame as text, in which alone a secret of the payload can be read (any thread)."""
    return _ENCODER.encode((join_ref, ref, topic, event, payload)).decode()


def heartbeat(ref: str) -> str:
    """Return the frame that asks whether the socket still has a server (any thread)."""
    return encode(None, ref, "phoenix", "heartbeat", {})


def join(
    ref: str, topic: str, binding: tuple[str, str, Sequence[str]], token: Secret | None
) -> str:
    """Return the frame that joins a topic for one table's changes (any thread).

    No server filter: with one, rows that leave it are never announced (reference section 4).

    Args:
        ref: The reference of this join.
        topic: The topic, with a suffix of its own.
        binding: Schema, table and the key columns, which are all that is ever looked at.
        token: The access token, or None to be whom the socket's key names.
    """
    schema, table, columns = binding
    # Key columns alone: a wide row would make the frame as wide, up to the server's limit of 1 MiB.
    changes = {"event": "*", "schema": schema, "table": table, "select": list(columns)}
    config = {
        "private": False,
        "broadcast": {"ack": False, "self": False},
        "presence": {"enabled": False, "key": ""},
        "postgres_changes": [changes],
    }
    payload: dict[str, object] = {"config": config}
    if token is not None:
        payload["access_token"] = token
    return encode(ref, ref, topic, "phx_join", payload)
