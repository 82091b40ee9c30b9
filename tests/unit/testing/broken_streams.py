"""Sources that break one promise about streams or about their lifetime each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from typing import ClassVar

from rtwidget.abc import Answer, Event, Key, Live, Notification, Page
from rtwidget.errors import SourceError
from tests.unit.testing.full_source import FullSource


class Silent(FullSource):
    """Is live, and says nothing of deleted rows."""

    async def notifications(self) -> AsyncGenerator[Event]:
        async with aclosing(super().notifications()) as events:
            async for event in events:
                if isinstance(event, Live) or set(event.keys) <= set(self.server.table.rows):
                    yield event


class NewKeyOnly(FullSource):
    """Says only the new key of a row that gets another."""

    async def notifications(self) -> AsyncGenerator[Event]:
        async with aclosing(super().notifications()) as events:
            async for event in events:
                if event != Notification(((1,),)):
                    yield event


class Early(FullSource):
    """Reads from a copy that is behind the stream."""

    _behind: Answer | None = None

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        answer = await super().read_keys(keys)
        shown, self._behind = self._behind or Answer((), (), whole=True), answer
        return shown


class NeverLive(FullSource):
    """Does not say that it is live."""

    async def notifications(self) -> AsyncGenerator[Event]:
        async with aclosing(super().notifications()) as events:
            async for event in events:
                if not isinstance(event, Live):
                    yield event


class OneStream(FullSource):
    """Lets only one stream of the table hear."""

    async def notifications(self) -> AsyncGenerator[Event]:
        others = set(self.server.table.streams)
        async with aclosing(super().notifications()) as events:
            async for event in events:
                if not others or isinstance(event, Live):
                    yield event


class OneStreamEver(FullSource):
    """Has one stream; whoever left it keeps everybody from the next."""

    _taken = False

    async def notifications(self) -> AsyncGenerator[Event]:
        if self._taken:
            raise SourceError("Somebody listens already.")
        self._taken = True
        async with aclosing(super().notifications()) as events:
            async for event in events:
                yield event


class EndsSilently(FullSource):
    """Ends a stream that broke as if all were said."""

    async def notifications(self) -> AsyncGenerator[Event]:
        async with aclosing(super().notifications()) as events:
            with suppress(SourceError):
                async for event in events:
                    yield event


class OneAtATime(FullSource):
    """Keeps what it reads in one place, so that calls at once disturb each other."""

    _after: Key | None = None

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        self._after = after
        await asyncio.sleep(0)
        return await super().read_page(self._after, until, limit)


class KeepsItsLock(FullSource):
    """Does not give its lock back when a call is cancelled."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._lock = asyncio.Lock()

    async def ask(self) -> None:
        await self._lock.acquire()
        await super().ask()
        self._lock.release()


class LeavesATask(FullSource):
    """Leaves something running when it is closed."""

    tasks: ClassVar[set[asyncio.Task[None]]] = set()

    async def aclose(self) -> None:
        self.tasks.add(asyncio.create_task(asyncio.sleep(3600)))


class ClosesForAll(FullSource):
    """Closes what others use too."""

    async def aclose(self) -> None:
        self.server.down = True
