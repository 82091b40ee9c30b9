"""Notifications for as long as somebody listens: one disposable connection after another (design sections 3, 6, 7).

Shared by every feed of the same table and identity, whatever their filters.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from rtwidget.errors import (
    ConnectionLostError,
    ErrorKind,
    IdentityChangedError,
    NotificationsUnavailableError,
    SourceError,
)
from rtwidget.feed.connection import Connection
from rtwidget.feed.retry import Retry
from rtwidget.feed.stream_listener import StreamListener
from rtwidget.feed.trouble import Trouble
from rtwidget.replica.backoff import Backoff
from rtwidget.replica.budgets import (
    RECONNECT_CAP_S,
    ROTATION_OVERLAP_S,
    ROTATION_S,
    SLEEP_JUMP_S,
    SLEEP_LOOK_S,
    STREAM_ATTEMPTS_FOR_POLLING,
)
from rtwidget.sources.base import Notification, Source

_log = logging.getLogger("rtwidget")


class SharedStream:
    """Loop thread only.

    Args:
        wall: The wall clock, in Unix seconds.
        chance: Uniform random numbers in [0, 1), for jitter.
    """

    def __init__(self, wall: Callable[[], float], chance: Callable[[], float]) -> None:
        self._wall = wall
        self._chance = chance
        self._listeners: dict[StreamListener, Source] = {}
        self._task: asyncio.Task[None] | None = None
        self._leaving: asyncio.Task[None] | None = None
        self._current: Connection | None = None
        self._opened: list[Connection] = []
        self._lost: tuple[Trouble, bool] | None = None
        self._backoff = Backoff()
        self._was_live = False
        self._failures = 0
        self._doubt: asyncio.Future[SourceError] | None = None
        self.retry = Retry()

    def join(self, listener: StreamListener, source: Source) -> None:
        """Start to tell a listener; the first one starts the stream with its source."""
        self._listeners[listener] = source
        if self._task is None:
            self._lost, self._was_live, self._failures = None, False, 0
            self._backoff = Backoff()
            self._task = asyncio.get_running_loop().create_task(
                self._run(self._leaving), name="rtwidget streams"
            )
            self._task.add_done_callback(self._ended)
        elif self._current is not None and self._current.live_at is not None:
            listener.stream_live()
        elif self._lost is not None:
            listener.stream_lost(self._lost[0], hopeless=self._lost[1])

    async def leave(self, listener: StreamListener) -> None:
        """Stop to tell a listener; the last one ends the stream, politely."""
        self._listeners.pop(listener, None)
        if not self._listeners and self._task is not None:
            task, self._task = self._task, None
            self._leaving = task
            task.cancel()
            await asyncio.wait([task])

    def doubt(self, reason: str) -> None:
        """End the connection that runs, because it can no longer be trusted; a new one follows."""
        if self._doubt is not None and not self._doubt.done():
            self._doubt.set_result(ConnectionLostError(reason, code="1000"))

    async def _run(self, leaving: asyncio.Task[None] | None) -> None:
        if leaving is not None:
            # Whoever comes back while the last connection is still leaving begins after it.
            await asyncio.wait([leaving])
        while True:
            try:
                connection = self._open()
                error = await connection.until_live()
                if error is None:
                    self._current = connection
                    self._went_live()
                    error = await self._live(connection)
            finally:
                self._current = None
                for opened in self._opened:
                    await opened.aclose()
                self._opened.clear()
            await self._wait_after(error, connection.lived_s)

    def _open(self) -> Connection:
        connection = Connection(next(iter(self._listeners.values())), self._notified)
        self._opened.append(connection)
        return connection

    async def _live(self, connection: Connection) -> SourceError:
        """Stay live over one connection after another, and return what ended the last (make before break)."""
        clock = asyncio.get_running_loop().time
        least_s, most_s = ROTATION_S
        while True:
            rotate_at = clock() + least_s + self._chance() * (most_s - least_s)
            error = await self._until_doubt(connection, rotate_at - clock())
            if error is not None:
                return error
            fresh = self._open()
            refused = await self._until_rotated(fresh, connection)
            if refused is None:
                old, self._current = connection, fresh
                connection = fresh
                await asyncio.sleep(ROTATION_OVERLAP_S)
                await self._close(old)
            else:
                # The one that runs is still good, or has just ended; the next turn tells.
                await self._close(fresh)
                _log.info("A new connection was not to be had yet: %s", refused.message)

    async def _close(self, connection: Connection) -> None:
        self._opened.remove(connection)
        await connection.aclose()

    async def _until_rotated(self, fresh: Connection, old: Connection) -> SourceError | None:
        """Wait until a new connection is live or has failed; one that outlives the old is no rotation."""
        refused = await fresh.until_live()
        if refused is None and old.ended:
            return ConnectionLostError("The connection ended while its successor was not live yet.")
        return refused

    async def _until_doubt(self, connection: Connection, most_s: float) -> SourceError | None:
        self._doubt = asyncio.get_running_loop().create_future()
        clock = asyncio.get_running_loop().time
        until, ahead_s = clock() + most_s, self._wall() - clock()
        while (left_s := until - clock()) > 0:
            error = await connection.until_end(min(left_s, SLEEP_LOOK_S), unless=self._doubt)
            if error is not None:
                return error
            if self._wall() - clock() - ahead_s > SLEEP_JUMP_S:
                return ConnectionLostError("The machine slept.", code="1000")
        return None

    def _went_live(self) -> None:
        self._was_live = True
        self._failures = 0
        self._lost = None
        for listener in tuple(self._listeners):
            listener.stream_live()

    def _notified(self, notification: Notification) -> None:
        for listener in tuple(self._listeners):
            listener.stream_notified(notification)

    async def _wait_after(self, error: SourceError, lived_s: float) -> None:
        if isinstance(error, IdentityChangedError):
            raise error
        self._backoff = self._backoff.failed(lived_s=lived_s)
        for_good = isinstance(error, NotificationsUnavailableError)
        for_good = for_good or error.kind is ErrorKind.NEEDS_USER
        delay_s = RECONNECT_CAP_S
        if not for_good:
            code, floor_s = error.code, error.retry_after_s
            delay_s = self._backoff.delay_s(self._chance(), code=code, floor_s=floor_s)
        # The waits remember bad times for a minute; what is shown counts from the last time it was live.
        self._failures += 1
        tries = STREAM_ATTEMPTS_FOR_POLLING if self._was_live else 1
        trouble = Trouble(error, self._failures, self._wall() + delay_s)
        self._lost = (trouble, for_good or self._failures >= tries)
        for listener in tuple(self._listeners):
            listener.stream_lost(trouble, hopeless=self._lost[1])
        await self.retry.wait(delay_s)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if self._task is not task:
            return
        self._task = None
        error = None if task.cancelled() else task.exception()
        error = error or RuntimeError("The stream ended by itself.")
        for listener in tuple(self._listeners):
            listener.stream_refused(error)
