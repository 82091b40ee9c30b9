"""The Realtime endpoint: handshakes, and the sockets that are open."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import psycopg
from aiohttp import web

from rtwidget.local.realtime import phoenix_frames as frames
from rtwidget.local.realtime import token_refusals as token_words
from rtwidget.local.realtime.joining.binding_validation import published_oids
from rtwidget.local.realtime.realtime_socket import RealtimeSocket
from rtwidget.local.tokens import TokenError, read_token

if TYPE_CHECKING:
    from rtwidget.local.capture.capture_worker import CaptureWorker
    from rtwidget.local.faults.faults import Faults
    from rtwidget.local.postgres.database import Database
    from rtwidget.local.realtime.realtime_channel import Channel
    from rtwidget.local.realtime.subscriptions import Subscriptions
    from rtwidget.local.server_settings import Settings

PATHS = ("/realtime/v1/websocket", "/socket/websocket")
CLOSE_TIMEOUT_S = 1.0
SHUTDOWN_CODE = 1012


class RealtimeServer:
    """Accepts sockets. Belongs to the server's event loop."""

    def __init__(  # noqa: PLR0917
        self,
        secret: str,
        database: Database,
        subscriptions: Subscriptions,
        settings: Settings,
        faults: Faults,
        worker: CaptureWorker,
    ) -> None:
        self.secret = secret
        self.database = database
        self.subscriptions = subscriptions
        self.settings = settings
        self.faults = faults
        self.worker = worker
        self._sockets: set[RealtimeSocket] = set()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve the hosted path and the bare server's."""
        for path in PATHS:
            router.add_get(path, self._connect)

    def channels(self) -> list[Channel]:
        """Return the joined channels of every socket."""
        return [channel for socket in self._sockets for channel in socket.channels()]

    def claims(self, token: str, key: str) -> dict[str, Any]:
        """Return the claims of a token; the project's key itself does not go stale.

        Args:
            token: What the client acts with.
            key: The key its socket was opened with.

        Raises:
            TokenError: The token is refused.
        """
        valid_from = 0.0 if token == key else self.faults.tokens_valid_from
        return read_token(token, self.secret, valid_from=valid_from)

    async def close_sockets(self, code: int = SHUTDOWN_CODE) -> None:
        """Close every socket with a code and wait for the clients' answers."""
        await asyncio.gather(*(socket.close(code) for socket in self._sockets))

    async def watch_publication(self) -> None:
        """Subscribe all channels again when tables are published, dropped or made anew."""
        known: frozenset[int] | None = None
        while True:
            with contextlib.suppress(psycopg.Error):
                async with self.database.connection() as connection:
                    current = await published_oids(connection)
                if known is not None and current != known:
                    self.publication_changed()
                # Change capture that has ended looks at nothing, and begins with what it finds.
                known = current if self.worker.is_running else None
            await asyncio.sleep(self.settings.check_publication_s)

    def publication_changed(self) -> None:
        """Delete every subscription; each channel then subscribes again, as if by itself."""
        subscribers = self.subscriptions.subscribers()
        self.subscriptions.clear()
        for subscriber in subscribers:
            subscriber.resubscribe()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if not await self.faults.sockets.lets_in():
            return web.json_response({"error": "Service Unavailable"}, status=503)
        if request.transport is None:
            return web.Response()  # the client did not wait so long
        version = request.query.get("vsn", frames.VERSIONS[0])
        if version not in frames.VERSIONS:
            return web.Response(status=403)
        token = request.headers.get("x-api-key", request.query.get("apikey"))
        if token is None:
            return await self._refuse("API key is missing")
        try:
            read_token(token, self.secret)
        except TokenError as problem:
            return await self._refuse(token_words.at_handshake(problem))
        return await self._serve(request, version, token)

    async def _serve(self, request: web.Request, version: str, token: str) -> web.StreamResponse:
        web_socket = web.WebSocketResponse(
            timeout=CLOSE_TIMEOUT_S,
            compress=False,
            max_msg_size=self.settings.max_frame_bytes,
        )
        try:
            await web_socket.prepare(request)
        except ConnectionResetError:
            return web.Response()  # the client left while it was let in
        socket = RealtimeSocket(self, web_socket, version, token)
        self._sockets.add(socket)
        try:
            await socket.serve(request.transport)
        finally:
            self._sockets.discard(socket)
        return web_socket

    async def _refuse(self, reason: str) -> web.Response:
        await asyncio.sleep(self.settings.handshake_error_delay_s)
        return web.json_response({"error": reason}, status=401)
