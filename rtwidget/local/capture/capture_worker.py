"""The life of change capture: what an outage does to it, and what brings it back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from typing import TYPE_CHECKING

import psycopg

from rtwidget.local.faults.interruptible_wait import InterruptibleWait
from rtwidget.local.postgres.database import Connection, connect

if TYPE_CHECKING:
    from rtwidget.local.capture.change_capture import ChangeCapture
    from rtwidget.local.realtime.subscriptions import Subscriptions
    from rtwidget.local.server_settings import Settings

_log = logging.getLogger(__name__)

# Short, so that a restart of Postgres is noticed within a test's patience and costs no processor.
RECONNECT_S = 0.2
# A cold start that failed has forgotten who asked for it.
ASK_AGAIN_S = 0.5


class CaptureWorker:
    """Keeps change capture going as the real server's versions 2.57.4 to 2.129.8 do.

    After a short outage it goes on with a new slot, and nobody is told of the hole. After a long
    one it ends: channels stay joined and never hear of anything again. The next subscription
    starts it anew, for that channel and later ones. Belongs to the server's event loop.

    Args:
        dsn: Connection string of a superuser.
        capture: What is to be kept going.
        subscriptions: Emptied when capture ends, because channels are then forgotten.
        settings: How long outages and starts take, in seconds, read at each use.
    """

    def __init__(
        self, dsn: str, capture: ChangeCapture, subscriptions: Subscriptions, settings: Settings
    ) -> None:
        self._dsn = dsn
        self._capture = capture
        self._subscriptions = subscriptions
        self._settings = settings
        self._wanted = asyncio.Event()
        self._started = asyncio.Event()
        self._ended = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self._resuming = InterruptibleWait()
        self._polling = asyncio.Event()

    @property
    def is_running(self) -> bool:
        """Whether it polls or tries to."""
        return self._started.is_set()

    async def run(self) -> None:
        """Run capture again and again until cancelled; first at once, then when somebody asks."""
        self._started.set()
        while True:
            self._ended.clear()
            self._life = asyncio.create_task(self._live())
            try:
                await asyncio.wait({self._life})
            finally:
                self._life.cancel()
                # A life ends by outage or cancellation; anything else is a defect, and is logged, not swallowed.
                (problem,) = await asyncio.gather(self._life, return_exceptions=True)
                if isinstance(problem, Exception):
                    _log.error("change capture has failed", exc_info=problem)
                self._started.clear()
                self._polling.clear()
                self._subscriptions.clear()
                self._ended.set()
            # Who asked while the last life ended meant that one.
            self._wanted.clear()
            await self._wanted.wait()
            await asyncio.sleep(self._settings.cold_start_s)
            # Who got in between is not added again, as are all who were joined before.
            self._subscriptions.clear()

    async def until_running(self) -> None:
        """Start it if it has ended, and wait until it can take subscriptions."""
        while not self.is_running:
            self._wanted.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ASK_AGAIN_S):
                    await self._started.wait()

    async def until_polling(self) -> None:
        """Start it if it has ended, and wait until nothing that is committed is missed any more."""
        # A test that waits for capture does not want the pause between outage and new slot too.
        self._resuming.wake()
        await self.until_running()
        await self._polling.wait()

    async def give_up(self) -> None:
        """End as after a long outage."""
        if self._life is not None:
            self._life.cancel()
            await self._ended.wait()

    async def catch_up(self) -> None:
        """Wait until what is committed has been told, or nobody is told any more."""
        # Capture that has ended polls no more, so waiting for a poll alone could last for ever.
        waits = [asyncio.create_task(self._capture.catch_up())]
        waits.append(asyncio.create_task(self._until_ended()))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _until_ended(self) -> None:
        await self._ended.wait()

    async def _live(self) -> None:
        """Poll until an outage lasts too long; a cold start without a database fails at once."""
        failing_since: float | None = None
        while True:
            try:
                async with await connect(self._dsn) as connection:
                    self._started.set()
                    if failing_since is not None:
                        await self._resuming.sleep(self._settings.capture_resumes_s)
                    # A temporary slot dies with its connection, so an outage always means a new one, and a hole.
                    slot = await _make_slot(connection)
                    failing_since = None
                    self._polling.set()
                    await self._capture.poll(connection, slot)
            except (psycopg.Error, OSError) as problem:
                self._polling.clear()
                now = time.monotonic()
                # The outage counts from its first failure.
                failing_since = failing_since or now
                outlasted = now - failing_since >= self._settings.capture_gives_up_s
                if outlasted or not self._started.is_set():
                    _log.info("change capture ends: %s", problem)
                    return
                _log.info("change capture starts again: %s", problem)
            await asyncio.sleep(RECONNECT_S)


async def _make_slot(connection: Connection) -> str:
    # Several backends may share one server.
    slot = f"rtwidget_{secrets.token_hex(6)}"
    await connection.execute(
        "select pg_create_logical_replication_slot(%s, 'pgoutput', true)", (slot,)
    )
    return slot
