"""Misbehaviour on request: what networks and servers do to a client, at a test's command."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Protocol

from rtwidget.local.errors import LocalBackendError

if TYPE_CHECKING:
    from collections.abc import Coroutine

ANSWER_TIMEOUT_S = 10.0


class Target(Protocol):
    """The running server, as far as faults reach into it; all on its event loop."""

    async def close_sockets(self, code: int) -> None:
        """Close every Realtime socket with a code."""
        ...

    async def reset_tcp(self) -> None:
        """Reset every TCP connection."""
        ...


class Faults:
    """What is wrong with the backend right now. Any thread may call; calls return when done."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._target: Target | None = None
        self._rest_status = 0
        self._rest_times = 0
        self.refusing_sockets = False

    def attach(self, loop: asyncio.AbstractEventLoop, target: Target) -> None:
        """Name the server that faults act on; it calls this itself when it starts."""
        self._loop, self._target = loop, target

    def detach(self) -> None:
        """Forget the server, because it ends."""
        self._loop, self._target = None, None

    def close_sockets(self, code: int = 1012) -> None:
        """Close every Realtime socket.

        Args:
            code: WebSocket close code; 1012 is a deploy, 1000 an idle timeout.
        """
        self._run(self._need().close_sockets(code))

    def refuse_sockets(self, refuse: bool = True) -> None:  # noqa: FBT001, FBT002  (a switch)
        """Answer new Realtime handshakes with HTTP 503 until told otherwise."""
        self.refusing_sockets = refuse

    def reset_tcp(self) -> None:
        """Reset every TCP connection, REST and Realtime, without a close frame."""
        self._run(self._need().reset_tcp())

    def rest_status(self, status: int, times: int = 1) -> None:
        """Answer the next REST requests with an error.

        Args:
            status: HTTP status.
            times: Number of requests.
        """
        with self._lock:
            self._rest_status, self._rest_times = status, times

    def take_rest_status(self) -> int | None:
        """Return the status that this REST request has to fail with; the server asks."""
        with self._lock:
            if self._rest_times <= 0:
                return None
            self._rest_times -= 1
            return self._rest_status

    def clear(self) -> None:
        """Behave again. What was closed or reset stays so."""
        with self._lock:
            self._rest_times = 0
        self.refusing_sockets = False

    def _need(self) -> Target:
        if self._target is None:
            raise LocalBackendError("The local backend is not running.", "Call `start()` first.")
        return self._target

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            work.close()
            return
        asyncio.run_coroutine_threadsafe(work, self._loop).result(ANSWER_TIMEOUT_S)
