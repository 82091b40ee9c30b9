"""Notifications for as long as somebody listens: one disposable connection after another (design sections 3, 6, 7).

Shared by every feed of the same table and identity, whatever their filters.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable

from rtwidget.errors import (
    ConnectionLostError,
    IdentityChangedError,
    SourceError,
)
from rtwidget.feed.connection import Connection
from rtwidget.feed.retry import Retry
from rtwidget.feed.stream_listener import StreamListener
from rtwidget.feed.trouble import Trouble
from rtwidget.replica.budgets import (
    ROTATION_OVERLAP_S,
    ROTATION_S,
    SLEEP_JUMP_S,
    SLEEP_LOOK_S,
)
from rtwidget.replica.reconnect import Reconnect
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
        self._reconnect = Reconnect()
        self._doubt: asyncio.Future[SourceError] | None = None
        self.retry = Retry()

    def join(self, listener: StreamListener, source: Source) -> None:
        """Start to tell a listener; the first one starts the stream with its source."""
        self._listeners[listener] = source
        if self._task is None:
            self._lost, self._reconnect = None, Reconnect()
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
        # Each run's own: one that is still leaving must close nothing of the next.
        opened = self._opened = []
        while True:
            try:
                connection = self._open()
                error = await connection.until_live()
                if error is None:
                    self._current = connection
                    self._went_live()
                    error = await self._live(connection)
            finally:
                if self._opened is opened:
                    self._current = None
                for each in opened:
                    await each.aclose()
                opened.clear()
            await self._wait_after(error, connection.lived_s)

    def _open(self) -> Connection:
        connection = Connection(next(iter(self._listeners.values())), self._notified)
        self._opened.append(connection)
        return connection

    async def _live(self, connection: Connection) -> SourceError:
        """Stay live over one connection after another, and return what ended the last (make before break)."""
        clock = asyncio.get_running_loop().time
        self._doubt = asyncio.get_running_loop().create_future()
        least_s, most_s = ROTATION_S
        while True:
            rotate_at = clock() + least_s + self._chance() * (most_s - least_s)
            error = await self._watch(connection, rotate_at)
            if error is not None:
                return error
            fresh = self._open()
            opening = asyncio.ensure_future(fresh.until_live())
            # The end of the old one before the new one stands is a gap, whatever comes after it.
            error = await self._watch(connection, math.inf, opening)
            opening.cancel()
            if error is not None:
                return error
            refused = opening.result()
            if refused is None:
                old, connection, self._current = connection, fresh, fresh
                await asyncio.sleep(ROTATION_OVERLAP_S)
                await self._close(old)
            elif isinstance(refused, IdentityChangedError):
                return refused
            else:
                await self._close(fresh)
                _log.info("A new connection was not to be had yet: %s", refused.message)

    async def _close(self, connection: Connection) -> None:
        self._opened.remove(connection)
        await connection.aclose()

    async def _watch(
        self,
        connection: Connection,
        until: float,
        unless: asyncio.Future[SourceError | None] | None = None,
    ) -> SourceError | None:
        """Watch a live connection, and return what ended it, or None at the given time or event."""
        clock = asyncio.get_running_loop().time
        ahead_s = self._wall() - clock()
        doubts = [self._doubt] if self._doubt is not None else []
        while clock() < until and not (unless is not None and unless.done()):
            most_s = min(until - clock(), SLEEP_LOOK_S)
            error = await connection.until_end(most_s, *doubts, unless=unless)
            if error is not None:
                return error
            if self._wall() - clock() - ahead_s > SLEEP_JUMP_S:
                return ConnectionLostError("The machine slept.", code="1000")
        return None

    def _went_live(self) -> None:
        self._reconnect.went_live()
        self._lost = None
        for listener in tuple(self._listeners):
            listener.stream_live()

    def _notified(self, notification: Notification) -> None:
        for listener in tuple(self._listeners):
            listener.stream_notified(notification)

    async def _wait_after(self, error: SourceError, lived_s: float) -> None:
        if isinstance(error, IdentityChangedError):
            raise error
        delay_s, hopeless = self._reconnect.failed(error, lived_s, self._chance())
        trouble = Trouble(error, self._reconnect.failures, self._wall() + delay_s)
        self._lost = (trouble, hopeless)
        for listener in tuple(self._listeners):
            listener.stream_lost(trouble, hopeless=hopeless)
        if await self.retry.wait(delay_s):
            self._reconnect.asked()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if self._task is not task:
            return
        self._task = None
        error = None if task.cancelled() else task.exception()
        error = error or RuntimeError("The stream ended by itself.")
        for listener in tuple(self._listeners):
            listener.stream_refused(error)
