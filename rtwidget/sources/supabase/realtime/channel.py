"""One join's life as a state machine: frames and the time in, frames and events out, no I/O.

From design section 6 and reference sections 1.3-1.7. A channel is used once; at the first doubt it
raises, and another one is made on another connection.
"""

from __future__ import annotations

import msgspec

from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import ConnectionLostError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.realtime import realtime_frames as frames
from rtwidget.sources.supabase.realtime.change_frames import ChangeDecoder
from rtwidget.sources.supabase.realtime.refusals import join_error, system_error

HEARTBEAT_S = 20.0
"""Between two heartbeats; the server closes after 60 s of silence (reference 1.3)."""
REPLY_S = 10.0
"""The longest wait for a heartbeat's reply."""
JOIN_S = 45.0
"""The longest wait for the reply to the join; a cold project needs many seconds (reference 3.1)."""
LIVE_S = 90.0
"""The longest wait for "Subscribed to PostgreSQL", counted from the join."""
REPETITION_S = 30.0
"""How long after a pushed token a second "Subscribed" is its answer; seen within 3 s."""

_JOIN_REF = "1"
# ValueError and OverflowError: text that is no UTF-8, moments that no clock can show.
_BROKEN = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class Channel:
    """Subscribes to one table on one connection (loop thread only).

    Args:
        schema: The table's schema.
        table: The table's name.
        key: The key columns.
        topic: A topic of its own, starting with `realtime:`.
        now: The monotonic time in seconds.
        patience_s: The longest wait for "Subscribed to PostgreSQL", in seconds.
    """

    def __init__(
        self,
        schema: str,
        table: str,
        key: tuple[str, ...],
        topic: str,
        now: float,
        *,
        patience_s: float = LIVE_S,
    ) -> None:
        self._binding = (schema, table, key)
        self._changes = ChangeDecoder(schema, table, key)
        self._topic = topic
        self._ref = int(_JOIN_REF)
        self._joined = False
        self._live = False
        self._join_by = now + min(JOIN_S, patience_s)
        self._live_by = now + patience_s
        self._beat_at = now + HEARTBEAT_S
        self._beat: tuple[str, float] | None = None
        self._repetition_by = now
        self._trouble: SourceError | None = None

    @property
    def joined(self) -> bool:
        """Whether the server took the join, which says nothing yet about changes."""
        return self._joined

    def join(self, token: Secret | None) -> str:
        """Return the frame to begin with; None joins as whom the socket's key names."""
        return frames.join(_JOIN_REF, self._topic, self._binding, token)

    def leave(self) -> str:
        """Return the frame that ends the subscription politely."""
        return frames.encode(_JOIN_REF, self._next_ref(), self._topic, "phx_leave", {})

    def push_token(self, token: Secret, now: float) -> str:
        """Return the frame that renews the token; the server answers with another "Subscribed"."""
        self._repetition_by = now + REPETITION_S
        payload = {"access_token": token}
        return frames.encode(_JOIN_REF, self._next_ref(), self._topic, "access_token", payload)

    def next_tick(self) -> float:
        """Return the moment, on the clock of `now`, at which `tick` wants to be called."""
        deadline = self._beat[1] if self._beat else self._beat_at
        if not self._live:
            deadline = min(deadline, self._live_by if self._joined else self._join_by)
        return deadline

    def tick(self, now: float) -> list[str]:
        """Return the frames that are due.

        Raises:
            ConnectionLostError: When an answer is overdue.
        """
        if self._beat and now >= self._beat[1]:
            raise ConnectionLostError("Realtime stopped answering.", "It is tried again.")
        if not self._joined and now >= self._join_by:
            raise ConnectionLostError("Realtime did not answer the join.", "It is tried again.")
        if not self._live and now >= self._live_by:
            raise self._trouble or ConnectionLostError(
                "Realtime joined but did not begin to announce changes.", "It is tried again."
            )
        if self._beat or now < self._beat_at:
            return []
        self._beat = (self._next_ref(), now + REPLY_S)
        self._beat_at = now + HEARTBEAT_S
        return [frames.heartbeat(self._beat[0])]

    def receive(self, data: bytes | str, now: float) -> Event | None:
        """Return what a frame means for the subscriber, if anything.

        Raises:
            SourceError: At the first doubt about the stream.
        """
        try:
            join_ref, topic, announced = self._changes.read(data)
        except _BROKEN:
            return self._receive_other(data, now)
        return announced if self._is_ours(join_ref, topic) else None

    def _receive_other(self, data: bytes | str, now: float) -> Event | None:
        try:
            return self._dispatch(frames.FRAMES.decode(data), now)
        except _BROKEN:
            return self._receive_unread(data)

    def _receive_unread(self, data: bytes | str) -> Event | None:
        """Expect the worst of what may have been a change: only a pass can tell what it was."""
        topic, event = frames.names_of(data)
        foreign = isinstance(topic, str) and topic != self._topic
        other = isinstance(event, str) and event != "postgres_changes"
        return None if foreign or other else Notification(everything=True)

    def _dispatch(self, frame: frames.Frame, now: float) -> Event | None:
        if frame.event == "phx_reply":
            self._on_reply(frame)
        elif not self._is_ours(frame.join_ref, frame.topic):
            return None
        elif frame.event == "postgres_changes":
            return self._changes.read_doubtful(frame.payload)
        elif frame.event == "system":
            return self._on_system(frames.SYSTEMS.decode(frame.payload), now)
        elif frame.event in {"phx_close", "phx_error"} and frame.ref in {None, _JOIN_REF}:
            raise self._trouble or ConnectionLostError(
                "Realtime ended the subscription.", "It is tried again.", code=frame.event
            )
        return None

    def _on_reply(self, frame: frames.Frame) -> None:
        reply = frames.REPLIES.decode(frame.payload)
        if self._beat and frame.ref == self._beat[0]:
            self._beat = None
        elif self._is_ours(frame.join_ref, frame.topic):
            if reply.status != "ok":
                raise join_error(reply.response.reason or reply.status)
            self._joined = self._joined or frame.ref == _JOIN_REF

    def _on_system(self, message: frames.System, now: float) -> Event | None:
        if message.status != "ok":
            self._on_trouble(message)
            return None
        if message.extension != "postgres_changes":
            raise ConnectionLostError(
                f"Realtime said: {message.message[:300]}.", "It is tried again."
            )
        if not self._live:
            self._live = self._joined = True
            return Live()
        if now < self._repetition_by:
            self._repetition_by = now
            return None
        # The publication changed, or the server lost its subscriptions and made them again: what was between may be missing.
        return Notification(everything=True)

    def _on_trouble(self, message: frames.System) -> None:
        """Raise, or wait a while for the server's own next try (reference section 1.6)."""
        schema, table, _ = self._binding
        error = system_error(message.message, schema, table)
        waits = message.extension == "postgres_changes" and type(error) is ConnectionLostError
        if self._live or not waits:
            raise error
        self._trouble = error

    def _is_ours(self, join_ref: str | None, topic: str) -> bool:
        return topic == self._topic and join_ref in {None, _JOIN_REF}

    def _next_ref(self) -> str:
        self._ref += 1
        return str(self._ref)
