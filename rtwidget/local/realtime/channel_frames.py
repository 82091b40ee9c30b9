"""What one joined topic says to its client."""

from __future__ import annotations

from typing import Protocol

from rtwidget.local.realtime.phoenix_frames import (
    TOPIC_PREFIX,
    compact_json,
    write_changes,
    write_frame,
)


class FrameSender(Protocol):
    """What frames leave through: the channel's socket."""

    version: str

    def send(self, frame: str) -> None:
        """Queue a frame."""
        ...


class ChannelFrames:
    """Writes and sends the frames of a channel. Belongs to the server's event loop.

    Args:
        socket: Where they go.
        topic: With its prefix.
        join_ref: Reference of the join.
    """

    def __init__(self, socket: FrameSender, topic: str, join_ref: str | None) -> None:
        self._socket = socket
        self._topic = topic
        self._join_ref = join_ref

    def changes(self, ids: list[int], data: str) -> None:
        """Send one `postgres_changes` event.

        Args:
            ids: The bindings that matched.
            data: The `data` member of the payload, already JSON.
        """
        self._socket.send(write_changes(self._socket.version, self._topic, ids, data))

    def system(self, extension: str, status: str, message: str) -> None:
        """Send a `system` message.

        Args:
            extension: `system` or `postgres_changes`.
            status: `ok` or `error`.
            message: Its text.
        """
        payload = {
            "message": message,
            "status": status,
            "extension": extension,
            "channel": self._topic.removeprefix(TOPIC_PREFIX),
        }
        self._send(None, "system", compact_json(payload))

    def closed(self) -> None:
        """Say that the channel has ended."""
        self._send(self._join_ref, "phx_close", "{}")

    def _send(self, ref: str | None, event: str, payload: str) -> None:
        version = self._socket.version
        self._socket.send(write_frame(version, self._join_ref, ref, self._topic, event, payload))
