"""One join's life as a state machine: frames and the time in, frames and events out, no I/O.

From design section 6 and reference sections 1.3-1.7. A channel is used once; at the first doubt it
raises, and another one is made on another connection.
"""

from __future__ import annotations

import msgspec

from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import ConnectionLostError, SourceError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.realtime import realtime_frames
from rtwidget.sources.supabase.realtime.change_frames import ChangeDecoder
from rtwidget.sources.supabase.realtime.deadlines import LIVE_S, Deadlines, Wait
from rtwidget.sources.supabase.realtime.subscription_refusals import join_error, system_error

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
        self._deadlines = Deadlines(now, patience_s)
        self._repetition_by = now
        self._failure: SourceError | None = None

    @property
    def joined(self) -> bool:
        """Whether the server took the join, which says nothing yet about changes."""
        return self._joined

    def join(self, token: Secret | None) -> str:
        """Return the frame to begin with; None joins as whom the socket's key names."""
        return realtime_frames.join(_JOIN_REF, self._topic, self._binding, token)

    def leave(self) -> str:
        """Return the frame that ends the subscription politely."""
        return realtime_frames.encode(_JOIN_REF, self._next_ref(), self._topic, "phx_leave", {})

    def push_token(self, token: Secret, now: float) -> str:
        """Return the frame that renews the token; the server answers with another "Subscribed"."""
        self._repetition_by = now + REPETITION_S
        payload = {"access_token": token}
        return realtime_frames.encode(
            _JOIN_REF, self._next_ref(), self._topic, "access_token", payload
        )

    def next_tick(self) -> float:
        """Return the moment, on the clock of `now`, at which `tick` wants to be called."""
        return self._deadlines.next_tick(joined=self._joined, live=self._live)

    def tick(self, now: float) -> list[str]:
        """Return the frames that are due.

        Raises:
            ConnectionLostError: When an answer is overdue.
        """
        late = self._deadlines.overdue(now, joined=self._joined, live=self._live)
        if late is Wait.LIVE and self._failure is not None:
            raise self._failure
        if late is not None:
            raise ConnectionLostError(late.value, "It is tried again.")
        if not self._deadlines.beat_is_due(now):
            return []
        ref = self._next_ref()
        self._deadlines.sent_beat(ref, now)
        return [realtime_frames.heartbeat(ref)]

    def receive(self, data: bytes | str, now: float) -> Event | None:
        """Return what a frame means for the subscriber, if anything.

        Raises:
            SourceError: At the first doubt about the stream.
        """
        try:
            # Nearly every frame is a change, so its decoder comes first, and all others pay for a failed try.
            join_ref, topic, announced = self._changes.read(data)
        except _BROKEN:
            return self._receive_other(data, now)
        return announced if self._is_ours(join_ref, topic) else None

    def _receive_other(self, data: bytes | str, now: float) -> Event | None:
        try:
            return self._dispatch(realtime_frames.FRAMES.decode(data), now)
        except _BROKEN:
            return self._receive_unread(data)

    def _receive_unread(self, data: bytes | str) -> Event | None:
        """Expect the worst of what may have been a change: only a pass can tell what it was."""
        topic, event = realtime_frames.names_of(data)
        foreign = isinstance(topic, str) and topic != self._topic
        other = isinstance(event, str) and event != "postgres_changes"
        return None if foreign or other else Notification(everything=True)

    def _dispatch(self, frame: realtime_frames.Frame, now: float) -> Event | None:
        # Before the topic is looked at, because a heartbeat's reply has the topic `phoenix`.
        if frame.event == "phx_reply":
            self._on_reply(frame)
        elif not self._is_ours(frame.join_ref, frame.topic):
            return None
        elif frame.event == "postgres_changes":
            return self._changes.read_doubtful(frame.payload)
        elif frame.event == "system":
            return self._on_system(realtime_frames.SYSTEMS.decode(frame.payload), now)
        elif frame.event in {"phx_close", "phx_error"} and frame.ref in {None, _JOIN_REF}:
            # What the server said before it closed tells more than the close.
            raise self._failure or ConnectionLostError(
                "Realtime ended the subscription.", "It is tried again.", code=frame.event
            )
        return None

    def _on_reply(self, frame: realtime_frames.Frame) -> None:
        reply = realtime_frames.REPLIES.decode(frame.payload)
        if self._deadlines.answered(frame.ref):
            return
        if self._is_ours(frame.join_ref, frame.topic):
            if reply.status != "ok":
                raise join_error(reply.response.reason or reply.status)
            # Replies to pushed tokens come here too, and say nothing about the join.
            self._joined = self._joined or frame.ref == _JOIN_REF

    def _on_system(self, message: realtime_frames.System, now: float) -> Event | None:
        if message.status != "ok":
            self._on_failure(message)
            return None
        # Another extension that reports "ok" was never asked for: this is not the server we take it for.
        if message.extension != "postgres_changes":
            raise ConnectionLostError(
                f"Realtime said: {message.message[:300]}.", "It is tried again."
            )
        if not self._live:
            # It may come before the reply to the join, and says more.
            self._live = self._joined = True
            return Live()
        if now < self._repetition_by:
            self._repetition_by = now
            return None
        # The publication changed, or the server lost its subscriptions and made them again: what was between may be missing.
        return Notification(everything=True)

    def _on_failure(self, message: realtime_frames.System) -> None:
        """Raise, or wait a while for the server's own next try (reference section 1.6)."""
        schema, table, _ = self._binding
        error = system_error(message.message, schema, table)
        # A cold project fails its first tries, and Realtime tries again by itself for about a minute.
        waits = message.extension == "postgres_changes" and type(error) is ConnectionLostError
        if self._live or not waits:
            raise error
        self._failure = error

    def _is_ours(self, join_ref: str | None, topic: str) -> bool:
        # Broadcasts of the server have no join reference.
        return topic == self._topic and join_ref in {None, _JOIN_REF}

    def _next_ref(self) -> str:
        self._ref += 1
        return str(self._ref)
