"""One Realtime WebSocket: what its client asks for, its channels, its end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from rtwidget.local.realtime.joining.binding import echo
from rtwidget.local.realtime.joining.join_admission import admit, join_token
from rtwidget.local.realtime.joining.join_config import event_refusal, read_config
from rtwidget.local.realtime.joining.join_refusals import JoinRefused
from rtwidget.local.realtime.outgoing_frames import OutgoingFrames
from rtwidget.local.realtime.phoenix_frames import TOPIC_PREFIX, read_push, write_reply
from rtwidget.local.realtime.realtime_channel import Channel

if TYPE_CHECKING:
    from rtwidget.local.realtime.joining.join_config import JoinConfig
    from rtwidget.local.realtime.phoenix_frames import Push
    from rtwidget.local.realtime.realtime_services import RealtimeServices

# What clients get that send no heartbeat for a minute.
IDLE_CLOSE_CODE = 1000


class RealtimeSocket:
    """Serves one accepted WebSocket. Belongs to the server's event loop.

    Args:
        services: Of the server.
        web_socket: The accepted socket.
        transport: Below the socket; aborted when the client does not read.
        version: Of the protocol, `1.0.0` or `2.0.0`.
        key: What the socket was opened with.
    """

    def __init__(
        self,
        services: RealtimeServices,
        web_socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        version: str,
        key: str,
    ) -> None:
        self.services = services
        self.version = version
        self.key = key
        self._web_socket = web_socket
        self._frames = OutgoingFrames(web_socket, transport, services.faults.lag, services.settings)
        self._channels: dict[str, Channel] = {}

    async def serve(self) -> None:
        """Answer frames until the socket ends."""
        writer = asyncio.create_task(self._frames.write())
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
        self._frames.send(frame)

    def channels(self) -> list[Channel]:
        """Return the joined channels."""
        return list(self._channels.values())

    def forget(self, topic: str, channel: Channel) -> None:
        """Drop a channel that has ended by itself."""
        # Another may have joined the topic meanwhile.
        if self._channels.get(topic) is channel:
            del self._channels[topic]

    async def _read(self) -> None:
        while True:
            try:
                message = await self._web_socket.receive(self.services.settings.idle_timeout_s)
            except TimeoutError:
                await self.close(IDLE_CLOSE_CODE)
                return
            if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
                return
            # aiohttp has closed it, with 1009 for a frame that is too large.
            if message.type is WSMsgType.ERROR:
                return
            if message.type is WSMsgType.TEXT:
                push = read_push(message.data, self.version)
                if push is not None:
                    await self._answer(push)

    async def _answer(self, push: Push) -> None:
        channel = self._channels.get(push.topic)
        if push.topic == "phoenix" and push.event == "heartbeat":
            # Phoenix answers for the socket here, which belongs to no join.
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
        if not push.topic.startswith(TOPIC_PREFIX):
            self._reply(replace(push, join_ref=None), "error", {"reason": "unmatched topic"})
            return
        self._frames.hold()
        config = read_config(push.payload)
        # The older channel of the topic ends first, whatever becomes of the new one.
        previous = self._channels.pop(push.topic, None)
        if previous is not None:
            previous.end()
        try:
            claims = await admit(self.services, push, config, self.key, len(self._channels))
        except JoinRefused as refusal:
            await asyncio.sleep(self.services.settings.join_error_delay_s)
            held = self._frames.release()
            self._reply(push, "error", {"reason": str(refusal)})
            if previous is not None:
                previous.close()
        else:
            held = self._frames.release()
            # The reply comes first, then the end of the older channel, then all else that the new one says.
            channel = self._open(push, config)
            if previous is not None:
                previous.close()
            channel.open(claims)
        for frame in held:
            self.send(frame)

    def _open(self, push: Push, config: JoinConfig) -> Channel:
        token = join_token(push.payload, self.key)
        # Without a join_ref (vsn 1 clients may leave it out) the join's own ref stands for it.
        channel = Channel(self, push.topic, push.join_ref or push.ref, config, token)
        self._channels[push.topic] = channel
        self._reply(push, "ok", {"postgres_changes": [echo(entry) for entry in config.changes]})
        return channel

    def _reply(self, push: Push, status: str, response: dict[str, Any]) -> None:
        self.send(write_reply(self.version, push, status, response))
