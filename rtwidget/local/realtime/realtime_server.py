"""The Realtime endpoint: handshakes, and the sockets that are open."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import psycopg
from aiohttp import web

from rtwidget.local.realtime import token_refusals
from rtwidget.local.realtime.phoenix_frames import VERSIONS
from rtwidget.local.realtime.published_tables import published_oids
from rtwidget.local.realtime.realtime_socket import RealtimeSocket
from rtwidget.local.tokens import TokenError, read_token

if TYPE_CHECKING:
    from rtwidget.local.realtime.realtime_channel import Channel
    from rtwidget.local.realtime.realtime_services import RealtimeServices

# Behind Supabase's gateway, and without it.
PATHS = ("/realtime/v1/websocket", "/socket/websocket")
# How long a client may take to answer a close frame.
CLOSE_TIMEOUT_S = 1.0
# "Service Restart": clients come back by themselves.
SHUTDOWN_CODE = 1012


class RealtimeServer:
    """Accepts sockets. Belongs to the server's event loop.

    Args:
        services: What all its sockets share.
    """

    def __init__(self, services: RealtimeServices) -> None:
        self._services = services
        self._sockets: set[RealtimeSocket] = set()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve the hosted path and the bare server's."""
        for path in PATHS:
            router.add_get(path, self._connect)

    def channels(self) -> list[Channel]:
        """Return the joined channels of every socket."""
        return [channel for socket in self._sockets for channel in socket.channels()]

    async def close_sockets(self, code: int = SHUTDOWN_CODE) -> None:
        """Close every socket with a code and wait for the clients' answers."""
        await asyncio.gather(*(socket.close(code) for socket in self._sockets))

    async def watch_publication(self) -> None:
        """Subscribe all channels again when tables are published, dropped or made anew."""
        known: frozenset[int] | None = None
        while True:
            # A database that is away has no publication to compare; the next look will tell.
            with contextlib.suppress(psycopg.Error):
                async with self._services.database.connection() as connection:
                    current = await published_oids(connection)
                if known is not None and current != known:
                    self.publication_changed()
                # Change capture that has ended looks at nothing, and begins with what it finds.
                known = current if self._services.capture.is_running else None
            await asyncio.sleep(self._services.settings.check_publication_s)

    def publication_changed(self) -> None:
        """Delete every subscription; each channel then subscribes again, as if by itself."""
        # Noted first, because nobody is listed once the subscriptions are gone.
        subscribers = self._services.subscriptions.subscribers()
        self._services.subscriptions.clear()
        for subscriber in subscribers:
            subscriber.resubscribe()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if not await self._services.faults.sockets.lets_in():
            return web.json_response({"error": "Service Unavailable"}, status=503)
        if request.transport is None:
            return web.Response()  # the client did not wait so long
        version = request.query.get("vsn", VERSIONS[0])
        if version not in VERSIONS:
            return web.Response(status=403)
        key = request.headers.get("x-api-key", request.query.get("apikey"))
        if key is None:
            return await self._refuse("API key is missing")
        try:
            read_token(key, self._services.secret)
        except TokenError as problem:
            return await self._refuse(token_refusals.at_handshake(problem))
        return await self._serve(request, version, key)

    async def _serve(self, request: web.Request, version: str, key: str) -> web.StreamResponse:
        web_socket = web.WebSocketResponse(
            timeout=CLOSE_TIMEOUT_S,
            # Phoenix's default.
            compress=False,
            max_msg_size=self._services.settings.max_frame_bytes,
        )
        try:
            await web_socket.prepare(request)
        except ConnectionResetError:
            return web.Response()  # the client left while it was let in
        socket = RealtimeSocket(self._services, web_socket, request.transport, version, key)
        self._sockets.add(socket)
        try:
            await socket.serve()
        finally:
            self._sockets.discard(socket)
        return web_socket

    async def _refuse(self, reason: str) -> web.Response:
        await asyncio.sleep(self._services.settings.handshake_error_delay_s)
        return web.json_response({"error": reason}, status=401)
