"""One daemon thread with one asyncio loop for the whole process, alive while somebody holds a lease (design section 8)."""

from __future__ import annotations

import asyncio
import selectors
import socket
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar, TypeVarTuple

from rtwidget.sources.forking import halt_to_fork, when_forked

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_HALT_S = 5.0
"""The longest that a fork waits for the loop, in seconds: what it does at once takes milliseconds, and the first import of httpx a second on a busy machine."""


class _Loop(asyncio.SelectorEventLoop):
    """A loop that a forked child leaves to its parent: both share the selector, and what one unregisters the other no longer hears."""

    def __init__(self) -> None:
        self._watching = selectors.DefaultSelector()
        super().__init__(self._watching)
        when_forked(self, _Loop._leave)
        halt_to_fork(self, _Loop._halt)

    def _halt(self, forked: threading.Event) -> None:
        """Stand still between two callbacks until the process has forked, if that can be had soon; any thread."""
        halted = threading.Event()

        def halt() -> None:
            halted.set()
            forked.wait()

        # A thread that forks itself stands still already, and a loop that was closed has nothing left to do.
        if asyncio._get_running_loop() is not self:  # noqa: SLF001  (it is documented for loops)
            with suppress(RuntimeError):
                self.call_soon_threadsafe(halt)
                halted.wait(_HALT_S)

    def _leave(self) -> set[int]:
        """Return the selector's descriptor, those that it watches, and those of connections that rest."""
        # What was under way would else be collected, and each coroutine would clean up after itself and complain.
        _LEFT.append((self, asyncio.all_tasks(self)))
        # asyncio does not tell the end through which other threads wake it.
        waking: socket.socket | None = self._csock  # type: ignore[attr-defined]
        sockets = [waking, *(one.get_extra_info("socket") for one in self._connections())]
        # Of one that was closed, the number may name another file by now.
        descriptors = {one.fileno() for one in sockets if one is not None and one.fileno() >= 0}
        if not self.is_closed():
            descriptors.add(self._watching.fileno())
            descriptors.update(key.fd for key in self._watching.get_map().values())
        return descriptors

    def abort_connections(self) -> None:
        """End what is still closing, as TLS does until the server has answered; else the collector would find the sockets."""
        for transport in self._connections():
            transport.abort()
        self.run_until_complete(asyncio.sleep(0))

    def _connections(self) -> list[asyncio.WriteTransport]:
        # asyncio does not tell them.
        return list(self._transports.values())  # type: ignore[attr-defined]


class LoopThread:
    """The thread that every feed runs on: the first lease starts it, the last one stops it.

    Every method may be called from any thread.

    Args:
        name: The thread's name, for people who list threads.
    """

    def __init__(self, name: str = "rtwidget-loop") -> None:
        self._name = name
        self._begin()
        when_forked(self, LoopThread._leave)

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._leases = 0
        self._loop: _Loop | None = None
        self._thread: threading.Thread | None = None

    def _leave(self) -> tuple[()]:
        """Begin anew in a forked child, to which the thread did not come along."""
        self._begin()
        return ()

    def acquire(self) -> None:
        """Take a lease; starts the thread when it is the first."""
        with self._lock:
            self._leases += 1
            if self._leases > 1:
                return
            loop = _Loop()
            # A daemon, because a kernel that ends must not wait for tables that nobody closed.
            thread = threading.Thread(target=_run, args=(loop,), name=self._name, daemon=True)
            self._loop, self._thread = loop, thread
            thread.start()

    def release(self) -> None:
        """Give a lease back; the last one stops the loop, after what it already has to do now."""
        with self._lock:
            self._leases -= 1
            if self._leases:
                return
            loop, self._loop, self._thread = self._loop, None, None
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine on the loop.

        Raises:
            RuntimeError: When nobody holds a lease.
        """
        return asyncio.run_coroutine_threadsafe(work, self._running())

    def call(self, function: Callable[[*Ts], object], *arguments: *Ts) -> None:
        """Call a function soon on the loop.

        Raises:
            RuntimeError: When nobody holds a lease.
        """
        self._running().call_soon_threadsafe(function, *arguments)

    def do(self, function: Callable[[], object]) -> threading.Event:
        """Call a function soon on the loop, and return what is set when it is done.

        Raises:
            RuntimeError: When nobody holds a lease.
        """
        done = threading.Event()

        def run() -> None:
            try:
                function()
            finally:
                done.set()

        self.call(run)
        return done

    def is_current(self) -> bool:
        """Return whether the caller is on the loop thread, where waiting for it would wait for ever."""
        return threading.current_thread() is self._thread

    def _running(self) -> asyncio.AbstractEventLoop:
        loop = self._loop
        if loop is None:
            raise RuntimeError("The loop thread of rtwidget is not running: every table is closed.")
        return loop


def _run(loop: _Loop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        # Again until none is left: what is cancelled may start something to clean up after itself.
        while pending := asyncio.all_tasks(loop):
            for task in pending:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.abort_connections()
        loop.close()


_LEFT: list[object] = []
"""The loops of the processes that this one was forked from, and what was under way on them."""

LOOP = LoopThread()
"""The process's loop thread."""
