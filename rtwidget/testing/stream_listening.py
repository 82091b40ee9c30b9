"""A stream that a test listens to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

import pytest

from rtwidget.abc import Event, Key, Live, Notification, Source
from rtwidget.errors import NotificationsUnavailableError, SourceError
from rtwidget.testing.demands import demand, in_time


class Listening:
    """What came on one stream; each wait raises an AssertionError when nothing comes in time.

    Args:
        patience_s: How long to wait for what should come at once, in seconds.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._events: asyncio.Queue[Event | BaseException] = asyncio.Queue()

    async def run(self, source: Source) -> None:
        """Listen until the stream ends or this is cancelled."""
        try:
            async with aclosing(source.notifications()) as stream:
                async for event in stream:
                    self._events.put_nowait(event)
            # Kept among the events, because nobody awaits this task while the test waits for one of them.
            self._events.put_nowait(AssertionError("A stream never ends without an error."))
        except Exception as error:  # noqa: BLE001  (whatever it is, the test judges it)
            self._events.put_nowait(error)

    async def begun(self) -> NotificationsUnavailableError | None:
        """Wait for `Live`; return what the stream says instead where it cannot announce anything."""
        while True:
            event = await self._next("A stream says `Live`.")
            if isinstance(event, NotificationsUnavailableError):
                return event
            if isinstance(event, Live):
                return None
            # A notification before `Live` is no fault: naming too much only costs a read.
            demand(isinstance(event, Notification), "A stream says `Live`.", event)

    async def until_named(self, *keys: Key) -> None:
        """Wait until every one of these rows was named, or everything was."""
        unnamed = set(keys)
        while unnamed:
            # Sorted by their text, because parts of keys may be of types that do not compare.
            event = await self._next(f"A change of {sorted(unnamed, key=repr)} is named.")
            demand(isinstance(event, Live | Notification), "Changes are announced.", event)
            if isinstance(event, Notification):
                unnamed = set() if event.everything else unnamed - set(event.keys)

    async def until_error(self) -> None:
        """Wait for the end, which is one of rtwidget's errors."""
        while True:
            event = await self._next("A stream that broke raises.")
            if not isinstance(event, Live | Notification):
                demand(isinstance(event, SourceError), "A stream raises a SourceError.", event)
                return

    async def _next(self, what: str) -> Event | BaseException:
        async with in_time(self._patience_s, what):
            return await self._events.get()


@asynccontextmanager
async def listening(source: Source, patience_s: float) -> AsyncIterator[Listening]:
    """Listen to a stream that is live; leave it politely at the end."""
    async with AsyncExitStack() as stack:
        heard = Listening(patience_s)
        task = asyncio.create_task(heard.run(source))
        # On the stack before the stream is live, so that a skip or a failure ends the task as well.
        stack.push_async_callback(cancelled, task)
        cannot = await heard.begun()
        if cannot is not None:
            pytest.skip(f"The stream said that it cannot: {cannot}")
        yield heard


async def cancelled(task: asyncio.Task[object]) -> None:
    """Cancel a task and wait for its end; what it raises is not of interest."""
    task.cancel()
    # Waited for, not awaited: what it raises is not to reach the test.
    await asyncio.wait([task])
    if not task.cancelled():
        # Looked at, or asyncio would report an exception that nobody retrieved.
        task.exception()
