"""One thread with one event loop that serves REST and Realtime on one port."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from rtwidget.local.backend_error import LocalBackendError
from rtwidget.local.capture.capture_worker import CaptureWorker
from rtwidget.local.capture.change_capture import ChangeCapture
from rtwidget.local.postgres.database import Database
from rtwidget.local.realtime.realtime_server import RealtimeServer
from rtwidget.local.realtime.realtime_services import RealtimeServices
from rtwidget.local.realtime.subscriptions import Subscriptions
from rtwidget.local.rest.rest_server import RestServer

if TYPE_CHECKING:
    from rtwidget.local.faults.faults import Faults
    from rtwidget.local.realtime.realtime_channel import Channel
    from rtwidget.local.server_settings import Settings

# Loopback only: its keys are no secret, and it is no server for others.
HOST = "127.0.0.1"
START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 10.0
SHUTDOWN_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a server is made of."""

    dsn: str
    secret: str
    settings: Settings
    faults: Faults
    rest: bool
    realtime: bool
    port: int


class HttpServer:
    """The servers in their daemon thread. Any thread may start and stop it, one at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        # A daemon, so that a program that forgets to stop it still ends.
        self._thread = threading.Thread(target=self._run, name="rtwidget-local", daemon=True)
        self._started = threading.Event()
        self._problem: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None
        self._realtime: RealtimeServer | None = None
        self._worker: CaptureWorker | None = None
        self.subscriptions = Subscriptions()
        self.port = 0

    def start(self) -> None:
        """Serve; returns when the port is open and the replication slot exists.

        Raises:
            LocalBackendError: The port is taken, or the database does not answer.
        """
        self._thread.start()
        # A start that fails also cleans up before it says so.
        if not self._started.wait(START_TIMEOUT_S + STOP_TIMEOUT_S):
            self._problem = TimeoutError("its thread does not answer")
        if self._problem is not None:
            problem = self._problem
            self.stop()
            hint = "Give another `port=`." if isinstance(problem, OSError) else ""
            raise LocalBackendError(f"The local backend did not start: {problem}", hint)

    def stop(self) -> None:
        """Close the sockets with 1012 and end the thread; the second call does nothing."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):  # the loop may end in this very moment
                self._loop.call_soon_threadsafe(self._stop.set)
        # A finalizer may call it in the server's own thread, which cannot wait for itself.
        if self._thread is not threading.current_thread() and self._thread.ident is not None:
            self._thread.join(STOP_TIMEOUT_S)

    def catch_up(self, timeout_s: float) -> None:
        """Wait until what was committed before this call has left for the sockets.

        Raises:
            TimeoutError: Change capture did not get there in time.
        """
        if self._worker is not None and self._loop is not None:
            waiting = asyncio.run_coroutine_threadsafe(self._worker.catch_up(), self._loop)
            waiting.result(timeout_s)

    def channels(self) -> list[Channel]:
        """Return the joined channels of every socket."""
        return self._realtime.channels() if self._realtime is not None else []

    async def end_capture(self) -> None:
        """End change capture as after a long outage."""
        if self._worker is not None:
            await self._worker.give_up()

    async def start_capture(self) -> None:
        """Start change capture if it has ended, and wait until it misses nothing any more."""
        if self._worker is not None:
            await self._worker.until_polling()

    async def publication_changed(self) -> None:
        """Do what the server does when it finds another publication."""
        if self._realtime is not None:
            self._realtime.publication_changed()

    async def close_sockets(self, code: int) -> None:
        """Close every Realtime socket with a code."""
        if self._realtime is not None:
            await self._realtime.close_sockets(code)

    async def reset_tcp(self) -> None:
        """Reset every TCP connection."""
        server = self._runner.server if self._runner is not None else None
        # A copy: connections leave the set as they end.
        for connection in list(server.connections) if server is not None else []:
            transport = connection.transport
            raw = transport.get_extra_info("socket") if transport is not None else None
            if transport is None or raw is None:
                continue
            # A linger of zero makes the close a reset instead of an orderly end.
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()

    def _run(self) -> None:
        # psycopg cannot use the proactor loop that is the default on Windows.
        factory = asyncio.SelectorEventLoop if sys.platform == "win32" else asyncio.new_event_loop
        try:
            with asyncio.Runner(loop_factory=factory) as runner:
                runner.run(self._serve())
        except BaseException as problem:  # noqa: BLE001  (start() raises it in its own thread)
            self._problem = problem
        finally:
            self._started.set()

    async def _serve(self) -> None:
        plan = self._plan
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        database = Database(plan.dsn)
        tasks: list[asyncio.Task[None]] = []
        # The real servers set a request's body no limit.
        app = web.Application(middlewares=[plan.faults.lag.middleware], client_max_size=0)
        if plan.rest:
            RestServer(plan.secret, database, plan.settings, plan.faults).add_routes(app.router)
        if plan.realtime:
            capture = ChangeCapture(database, self.subscriptions, plan.settings, plan.faults.events)
            self._worker = CaptureWorker(plan.dsn, capture, self.subscriptions, plan.settings)
            services = RealtimeServices(
                plan.secret, database, self.subscriptions, plan.settings, plan.faults, self._worker
            )
            self._realtime = RealtimeServer(services)
            self._realtime.add_routes(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_TIMEOUT_S)
        try:
            await self._runner.setup()
            site = web.TCPSite(self._runner, HOST, plan.port)
            await site.start()
            self.port = self._runner.addresses[0][1]
            if self._realtime is not None and self._worker is not None:
                tasks.append(asyncio.create_task(self._worker.run()))
                await asyncio.wait_for(self._worker.until_polling(), START_TIMEOUT_S)
                tasks.append(asyncio.create_task(self._realtime.watch_publication()))
            # Only now can faults act: sockets and capture are there.
            plan.faults.attach(self._loop, self)
            self._started.set()
            await self._stop.wait()
        finally:
            plan.faults.detach()
            if self._realtime is not None:
                await self._realtime.close_sockets()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._runner.cleanup()
            await database.close()
