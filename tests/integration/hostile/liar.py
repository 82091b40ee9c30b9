"""A server that speaks Supabase's protocols over real sockets and says what a test tells it to say."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Awaitable, Callable
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from tests.integration.hostile.honest import honest_rows
from tests.patience import PATIENCE_S

ACCEPT_TURNS = 3
Lie = Callable[
    [web.Request, list[dict[str, Any]]], web.StreamResponse | Awaitable[web.StreamResponse]
]


async def until_connected() -> None:
    """Let clients that were accepted become connections; asyncio takes so many turns, and until then nobody would close their sockets."""
    for _ in range(ACCEPT_TURNS):
        await asyncio.sleep(0)


class Liar:
    """One table `t (id int8, name text)`; honest until `lie` or `frames` say otherwise.

    `lie` makes the answer to a read from what would have been true; `frames` are sent to each who
    subscribes, before the truth.

    Args:
        tls: Its certificate, or None to speak in the clear.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.asked = 0
        self.rows = {1: "one", 2: "two"}
        self.lie: Lie | None = None
        self.frames: list[str | bytes] = []
        self._loop = asyncio.new_event_loop()
        self._topics: dict[web.WebSocketResponse, str] = {}
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(PATIENCE_S)
        return self

    def __exit__(self, *_exception: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(PATIENCE_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    def put(self, key: int, name: str) -> None:
        """Write a row and announce it, honestly."""
        self.rows[key] = name
        self.tell(self.change(key))

    def tell(self, *frames: str) -> None:
        """Send frames to everybody who subscribed, TOPIC replaced by their topic."""

        async def send() -> None:
            for socket, topic in tuple(self._topics.items()):
                for frame in frames:
                    await socket.send_str(frame.replace("TOPIC", topic))

        asyncio.run_coroutine_threadsafe(send(), self._loop).result(PATIENCE_S)

    def change(self, key: int) -> str:
        """Return the frame that announces a row."""
        data = {
            "schema": "public",
            "table": "t",
            "type": "INSERT",
            "columns": [{"name": "id", "type": "int8"}],
            "record": {"id": key},
            "commit_timestamp": "2026-11-22T18:04:47Z",
        }
        return json.dumps([None, None, "TOPIC", "postgres_changes", {"ids": [1], "data": data}])

    async def _start(self) -> str:
        app = web.Application()
        app.router.add_get("/rest/v1/", self._closed)
        app.router.add_get("/rest/v1/t", self._read)
        app.router.add_get("/realtime/v1/websocket", self._subscribe)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls)
        await self._site.start()
        return (
            f"{'http' if self._tls is None else 'https'}://127.0.0.1:{self._runner.addresses[0][1]}"
        )

    async def _stop(self) -> None:
        await self._site.stop()
        await until_connected()
        await self._runner.cleanup()
        # A handshake that is under way is asyncio's own task, which no clean-up of aiohttp knows.
        pending = asyncio.all_tasks() - {asyncio.current_task()}
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _closed(self, _request: web.Request) -> web.StreamResponse:
        self.asked += 1
        return web.json_response({"message": "closed"}, status=403)

    async def _read(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        rows = honest_rows(self.rows, parse_qsl(request.query_string))
        if self.lie is not None:
            answer = self.lie(request, rows)
            return answer if isinstance(answer, web.StreamResponse) else await answer
        return web.json_response(rows, headers={"content-range": f"0-{len(rows)}/{len(rows)}"})

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._answer(socket, *json.loads(message.data)[:4])
        finally:
            self._topics.pop(socket, None)
        return socket

    async def _answer(
        self, socket: web.WebSocketResponse, join_ref: str, ref: str, topic: str, event: str
    ) -> None:
        await socket.send_json(
            [join_ref, ref, topic, "phx_reply", {"status": "ok", "response": {}}]
        )
        if event != "phx_join":
            return
        said = {
            "status": "ok",
            "extension": "postgres_changes",
            "message": "Subscribed to PostgreSQL",
        }
        await socket.send_json([join_ref, None, topic, "system", said])
        self._topics[socket] = topic
        for frame in self.frames:
            if isinstance(frame, bytes):
                await socket.send_bytes(frame)
            else:
                await socket.send_str(frame.replace("TOPIC", topic))
