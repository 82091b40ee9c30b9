"""The frames that wait for one WebSocket: in order, late on request, and not without limit."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

    from rtwidget.local.faults.latency import Latency
    from rtwidget.local.server_settings import Settings


class OutgoingFrames:
    """Queues frames and writes them. Belongs to the server's event loop.

    Args:
        web_socket: Where they go.
        transport: Below the socket; aborted when the client leaves too much unread.
        latency: How much later than they are said they arrive.
        settings: Holds the limit, in bytes.
    """

    def __init__(
        self,
        web_socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        latency: Latency,
        settings: Settings,
    ) -> None:
        self._web_socket = web_socket
        self._transport = transport
        self._latency = latency
        self._settings = settings
        self._queue: asyncio.Queue[tuple[float, str]] = asyncio.Queue()
        self._queued_bytes = 0
        self._held: list[str] | None = None

    def send(self, frame: str) -> None:
        """Queue a frame; a client that leaves too many unread loses the socket."""
        if self._held is not None:
            self._held.append(frame)
            return
        # Characters stand for bytes; the limit is a matter of magnitude.
        self._queued_bytes += len(frame)
        if self._queued_bytes > self._settings.max_queued_bytes and self._transport:
            # Not closed: a close frame would wait behind all that is unread.
            self._transport.abort()
        self._queue.put_nowait((self._latency.arrival(), frame))

    def hold(self) -> None:
        """Queue nothing from now on, until `release`."""
        self._held = []

    def release(self) -> list[str]:
        """Queue frames again; return those that were held back, which the caller sends when it may."""
        held, self._held = self._held or [], None
        return held

    async def write(self) -> None:
        """Send what is queued, until the connection ends or the task is cancelled."""
        # The reader notices the end too, and cleans up.
        with contextlib.suppress(ConnectionError):
            while True:
                arrival, frame = await self._queue.get()
                await self._latency.until(arrival)
                await self._web_socket.send_str(frame)
                self._queued_bytes -= len(frame)
