"""Notifications for as long as somebody listens: one disposable connection after another (design sections 3, 6, 7).

Shared by every feed of the same table and identity, whatever their filters.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rtwidget.abc import Notification, Source
from rtwidget.errors import ErrorKind, SourceError
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.runtime.retry import Retry
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.stream.connection import Connection
from rtwidget.feed.stream.rotation import Doubt, Rotation
from rtwidget.feed.stream.stream_listener import StreamListener
from rtwidget.replica.stream.reconnect import Reconnect


class SharedStream:
    """The notifications of one table for all that listen, begun with the first and ended with the last; loop thread only.

    Args:
        wall: The wall clock, in Unix seconds.
        chance: Uniform random numbers in [0, 1), for jitter.
        project: Told what is heard, and tells of outages.
    """

    def __init__(
        self, wall: Callable[[], float], chance: Callable[[], float], project: Project
    ) -> None:
        self._wall = wall
        self._chance = chance
        self._listeners: dict[StreamListener, Source] = {}
        self._task: asyncio.Task[None] | None = None
        self._leaving: asyncio.Task[None] | None = None
        self._current: Connection | None = None
        self._opened: list[Connection] = []
        self._lost: tuple[RetryableFailure, bool] | None = None
        self._reconnect = Reconnect()
        self._project = project
        self._rotation = Rotation(
            wall,
            chance,
            opened=self._open,
            closed=self._close,
            swapped=self._swapped,
            doubted=self._doubted,
        )
        self.retry = Retry()
        project.streams[self] = None

    def join(self, listener: StreamListener, source: Source) -> None:
        """Start to tell a listener; the first one starts the stream with its source."""
        self._listeners[listener] = source
        if self._task is None:
            self._lost, self._reconnect = None, Reconnect()
            self._task = asyncio.get_running_loop().create_task(
                self._run(self._leaving), name="rtwidget streams"
            )
            self._task.add_done_callback(self._ended)
        elif self._current is not None and not self._rotation.doubted:
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

    def doubt(self) -> None:
        """Replace the connection, because it lost notifications; what it still says is heard until another stands."""
        now = asyncio.get_running_loop().time()
        self._rotation.doubt(Doubt("rows changed that nothing had announced", now, known=False))

    def outage_ended(self, at: float) -> None:
        """Replace a connection that was live when the database did not answer; it is not live until then.

        The server lost its place in the database's log, and may never find it again (reference 3.3, L4 to L6).
        """
        current = self._current
        if current is None or current.ends_with_connection or (current.live_at or 0.0) > at:
            return
        self._rotation.doubt(Doubt("the database did not answer for a while", at, known=True))

    def burst(self) -> None:
        """Tell that the server's limiter is likely to drop what comes next."""
        if self._current is not None and not self._current.ends_with_connection:
            for listener in tuple(self._listeners):
                listener.stream_burst()

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
                    error = await self._rotation.stay_live(connection)
            finally:
                if self._opened is opened:
                    self._current = None
                for each in opened:
                    await each.aclose()
                opened.clear()
            await self._wait_after(error, connection.lived_s)

    def _open(self) -> Connection:
        # Any of their sources will do, because all that share a stream hear the same.
        connection = Connection(next(iter(self._listeners.values())), self._notified)
        self._opened.append(connection)
        return connection

    async def _close(self, connection: Connection) -> None:
        self._opened.remove(connection)
        await connection.aclose()

    def _swapped(self, connection: Connection, gap: bool) -> None:  # noqa: FBT001  (the rotation's own word)
        self._current = connection
        if gap:
            self._went_live()

    def _doubted(self) -> None:
        for listener in tuple(self._listeners):
            listener.stream_doubted()

    def _went_live(self) -> None:
        self._reconnect.went_live()
        self._lost = None
        for listener in tuple(self._listeners):
            listener.stream_live()

    def _notified(self, notification: Notification) -> None:
        self._rotation.heard()
        self._project.heard()
        for listener in tuple(self._listeners):
            listener.stream_notified(notification)

    async def _wait_after(self, error: SourceError, lived_s: float) -> None:
        if error.kind is ErrorKind.NEEDS_OTHER_IDENTITY:
            raise error
        delay_s, hopeless = self._reconnect.failed(error, lived_s, self._chance())
        failure = RetryableFailure(error, self._reconnect.failures, self._wall() + delay_s)
        self._lost = (failure, hopeless)
        for listener in tuple(self._listeners):
            listener.stream_lost(failure, hopeless=hopeless)
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
