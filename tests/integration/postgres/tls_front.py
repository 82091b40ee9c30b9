"""TLS before a Postgres that has none: what a client proves and demands is real, behind it all is in the clear."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

from tests.patience import PATIENCE_S

_ASKS_FOR_TLS = b"\0\0\0\x08\x04\xd2\x16\x2f"


class TlsFront:
    """Takes connections over TLS alone, and forwards them; `heard_bytes` came through it from clients that trust it.

    Args:
        dsn: Connection string of the server behind it.
        context: The certificate that it shows.
    """

    def __init__(self, dsn: str, context: ssl.SSLContext) -> None:
        self._target = urlsplit(dsn)
        self._context = context
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self.heard_bytes = 0

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(PATIENCE_S)
        return self

    def __exit__(self, *_exception: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(PATIENCE_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def dsn(self, host: str, **more: str) -> str:
        """Return a connection string that calls this machine by another name, as one behind a network would be."""
        target = self._target
        settings = {
            "host": host,
            "hostaddr": "127.0.0.1",
            "port": str(self._port),
            "user": target.username or "",
            "password": target.password or "",
            "dbname": target.path.lstrip("/"),
            **more,
        }
        return " ".join(f"{name}='{value}'" for name, value in settings.items())

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
        serving = asyncio.all_tasks() - {asyncio.current_task()}
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            try:
                if await reader.readexactly(len(_ASKS_FOR_TLS)) != _ASKS_FOR_TLS:
                    return
                writer.write(b"S")
                await writer.start_tls(self._context)
                await self._forward(reader, writer)
            finally:
                writer.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, asks = await asyncio.open_connection(self._target.hostname, self._target.port)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_copy(reader, asks, self._count))
                both.create_task(_copy(answers, writer))
        finally:
            asks.close()

    def _count(self, size: int) -> None:
        self.heard_bytes += size


async def _copy(
    source: asyncio.StreamReader,
    target: asyncio.StreamWriter,
    count: Callable[[int], None] = lambda _size: None,
) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            count(len(data))
            target.write(data)
            await target.drain()
    target.close()
