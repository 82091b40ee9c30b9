"""A TCP proxy before Postgres that goes silent, cuts, or drops notifications as a pooler does."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_SYNC = b"S\0\0\0\x04"


class Proxy:
    """Forwards to a Postgres without TLS; any thread may change how.

    Args:
        dsn: Connection string of the server.
    """

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        self._target = (parts.hostname or "", parts.port or 5432)
        self._server = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._threads: list[threading.Thread] = []
        self._open = threading.Event()
        self._open.set()
        self.drops_notifications = False
        self.stalls_after: bytes | None = None
        self._credentials = parts.netloc.rpartition("@")[0]
        self._path = parts.path

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stalls_after = None
        self._open.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._server.close()
        self.cut()
        for thread in self._threads:
            thread.join()

    @property
    def dsn(self) -> str:
        """Connection string through the proxy."""
        port = self._server.getsockname()[1]
        return f"postgresql://{self._credentials}@127.0.0.1:{port}{self._path}?sslmode=disable"

    def silence(self, *, on: bool) -> None:
        """Forward nothing any more, and keep every connection open; what came meanwhile is forwarded later."""
        if on:
            self._open.clear()
        else:
            self._open.set()

    @property
    def silent(self) -> bool:
        """Whether nothing is forwarded now."""
        return not self._open.is_set()

    def cut(self) -> None:
        """End every connection; the threads that serve it close it."""
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                try:
                    server = socket.create_connection(self._target)
                except OSError:
                    client.close()
                    continue
                for end in (client, server):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._pairs.append((client, server))
                self._start(self._serve, client, server)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, client: socket.socket, server: socket.socket) -> None:
        with client, server:
            back = threading.Thread(target=self._messages, args=(server, client), daemon=True)
            back.start()
            self._bytes(client, server)
            back.join()

    def _bytes(self, source: socket.socket, target: socket.socket) -> None:
        stalling = False
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._open.wait()
                stalling = stalling or (self.stalls_after is not None and self.stalls_after in data)
                # A read comes in pieces, and is whole with its Sync.
                if stalling and _SYNC in data:
                    stalling = False
                    self.silence(on=True)
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def _messages(self, source: socket.socket, target: socket.socket) -> None:
        """Forward whole messages: a letter, a length that counts itself, and the rest."""
        with contextlib.suppress(OSError), source.makefile("rb") as stream:
            while head := stream.read(5):
                body = stream.read(struct.unpack("!I", head[1:])[0] - 4)
                self._open.wait()
                if not (self.drops_notifications and head[:1] == b"A"):
                    target.sendall(head + body)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)
