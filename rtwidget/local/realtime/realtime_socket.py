"""One Realtime WebSocket: its topics, its frames in both directions, its end."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from rtwidget.local.capture.change_payload import text
from rtwidget.local.realtime import phoenix_frames as frames
from rtwidget.local.realtime import token_refusals as token_words
from rtwidget.local.realtime.joining.binding import echo
from rtwidget.local.realtime.joining.join_config import event_refusal, read_config
from rtwidget.local.realtime.joining.join_refusals import JoinRefused
from rtwidget.local.realtime.joining.private_topics import TopicRefused, check_topic
from rtwidget.local.realtime.realtime_channel import PREFIX, Channel
from rtwidget.local.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rtwidget.local.realtime.joining.join_config import JoinConfig
    from rtwidget.local.realtime.phoenix_frames import Push
    from rtwidget.local.realtime.realtime_server import RealtimeServer

IDLE_CLOSE_CODE = 1000


class RealtimeSocket:
    """Serves one accepted WebSocket. Belongs to the server's event loop."""

    def __init__(
        self, server: RealtimeServer, web_socket: web.WebSocketResponse, version: str, token: str
    ) -> None:
        self.server = server
        self.version = version
        self._web_socket = web_socket
        self.token = token
        self._channels: dict[str, Channel] = {}
        self._outgoing: asyncio.Queue[tuple[float, str]] = asyncio.Queue()
        self._queued_bytes = 0
        self._held: list[str] | None = None

    async def serve(self, transport: asyncio.Transport | None) -> None:
        """Answer frames until the socket ends.

        Args:
            transport: Below the socket; aborted when the client does not read.
        """
        self._transport = transport
        writer = asyncio.create_task(self._write())
        try:
            await self._read()
        finally:
            for channel in self._channels.values():
                channel.end()
            self._channels.clear()
            writer.cancel()

    async def close(self, code: int) -> None:
        """Close with a code, as the server does by itself."""
        await self._web_socket.close(code=code)

    def send(self, frame: str) -> None:
        """Queue a frame; a client that leaves too many unread loses the socket."""
        if self._held is not None:
            self._held.append(frame)
            return
        self._queued_bytes += len(frame)
        if self._queued_bytes > self.server.settings.max_queued_bytes and self._transport:
            self._transport.abort()
        self._outgoing.put_nowait((self.server.faults.lag.arrival(), frame))

    def channels(self) -> list[Channel]:
        """Return the joined channels."""
        return list(self._channels.values())

    def forget(self, topic: str, channel: Channel) -> None:
        """Drop a channel that has ended by itself."""
        if self._channels.get(topic) is channel:
            del self._channels[topic]

    async def _read(self) -> None:
        while True:
            try:
                message = await self._web_socket.receive(self.server.settings.idle_timeout_s)
            except TimeoutError:
                await self.close(IDLE_CLOSE_CODE)
                return
            if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
                return
            if message.type is WSMsgType.ERROR:
                return
            if message.type is WSMsgType.TEXT:
                push = frames.read_push(message.data, self.version)
                if push is not None:
                    await self._answer(push)

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                arrival, frame = await self._outgoing.get()
                await self.server.faults.lag.until(arrival)
                await self._web_socket.send_str(frame)
                self._queued_bytes -= len(frame)

    async def _answer(self, push: Push) -> None:
        channel = self._channels.get(push.topic)
        if push.topic == "phoenix" and push.event == "heartbeat":
            self._reply(replace(push, join_ref=None), "ok", {})
        elif push.event == "phx_join":
            await self._join(push)
        elif push.event == "phx_leave":
            self._channels.pop(push.topic, None)
            self._reply(push, "ok", {})
            if channel is not None:
                channel.close()
        elif channel is None:
            self._reply(replace(push, join_ref=None), "error", {"reason": "unmatched topic"})
        elif push.event == "access_token":
            channel.push_token(push.payload.get("access_token"))
        else:
            refusal = event_refusal(push.event)
            if refusal is not None:
                self._reply(push, "error", {"reason": refusal})

    async def _join(self, push: Push) -> None:
        """Join, or refuse to after a while; until then nothing else is read or sent, as on the real server."""
        if not push.topic.startswith(PREFIX):
            self._reply(replace(push, join_ref=None), "error", {"reason": "unmatched topic"})
            return
        held: list[str] = []
        self._held = held
        config = read_config(push.payload)
        # The older channel of the topic ends first, whatever becomes of the new one.
        previous = self._channels.pop(push.topic, None)
        if previous is not None:
            previous.end()
        try:
            claims = await self._claims(push, config)
        except JoinRefused as refusal:
            await asyncio.sleep(self.server.settings.join_error_delay_s)
            self._held = None
            self._reply(push, "error", {"reason": str(refusal)})
            if previous is not None:
                previous.close()
        else:
            self._held = None
            channel = self._open(push, config)
            if previous is not None:
                previous.close()
            channel.open(claims)
        for frame in held:
            self.send(frame)

    async def _claims(self, push: Push, config: JoinConfig) -> dict[str, Any]:
        """Return the claims of a join that is allowed."""
        if push.topic == PREFIX:
            raise JoinRefused("TopicNameRequired: You must provide a topic name")
        reason = self.server.faults.sockets.take_refusal()
        if reason is not None:
            raise JoinRefused(reason)
        if len(self._channels) >= self.server.settings.max_channels:
            raise JoinRefused("ChannelRateLimitReached: Too many channels")
        try:
            claims = self.server.claims(self._token_of(push.payload), self.token)
            if config.is_private:
                topic = push.topic.removeprefix(PREFIX)
                await check_topic(self.server.database, claims, topic)
        except TokenError as problem:
            raise JoinRefused(token_words.at_join(problem)) from None
        except TopicRefused as refusal:
            raise JoinRefused(str(refusal)) from None
        if config.refusal is not None:
            raise JoinRefused(config.refusal)
        return claims

    def _open(self, push: Push, config: JoinConfig) -> Channel:
        token = self._token_of(push.payload)
        # Without a join_ref (vsn 1 clients may leave it out) the join's own ref stands for it.
        channel = Channel(self, push.topic, push.join_ref or push.ref, config, token)
        self._channels[push.topic] = channel
        self._reply(push, "ok", {"postgres_changes": [echo(entry) for entry in config.changes]})
        return channel

    def _token_of(self, payload: Mapping[str, Any]) -> str:
        access, user = payload.get("access_token"), payload.get("user_token")
        first = user if access in (None, False) else access
        if isinstance(first, str) and first.startswith("sb_"):
            return self.token
        # The older name wins where both are given.
        return next((token for token in (user, access) if isinstance(token, str)), self.token)

    def _reply(self, push: Push, status: str, response: dict[str, Any]) -> None:
        payload = text({"status": status, "response": response})
        self.send(
            frames.write(self.version, push.join_ref, push.ref, push.topic, "phx_reply", payload)
        )
