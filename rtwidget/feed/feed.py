"""A feed: one query, read as one identity, kept equal to the database while somebody holds a lease."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable

from rtwidget.errors import IdentityChangedError, RtwidgetError, SourceError
from rtwidget.feed.announcements import Announcements
from rtwidget.feed.gate import ProjectGate
from rtwidget.feed.key_reader import KeyReader
from rtwidget.feed.pass_runner import PassRunner
from rtwidget.feed.prober import Prober
from rtwidget.feed.reading import ReadHealth
from rtwidget.feed.state import FeedState, Listener
from rtwidget.feed.stream import SharedStream
from rtwidget.replica.lifecycle import Event, Hold
from rtwidget.replica.schedule import PassPlan
from rtwidget.sources.base import Source

_log = logging.getLogger("rtwidget")


class Feed:
    """Supervises the stream, the key reads and the passes of one source; loop thread only.

    Args:
        source: Where notifications and reads come from; the feed closes it.
        gate: The project's budget.
        stream: The table's notifications, perhaps shared with other feeds.
        verify_every_s: The user's interval between passes, or None for the budgeted one.
        wall: The wall clock, in Unix seconds.
        chance: Uniform random numbers in [0, 1), for jitter.
    """

    def __init__(
        self,
        source: Source,
        gate: ProjectGate,
        stream: SharedStream,
        *,
        verify_every_s: float | None = None,
        wall: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        plan = PassPlan(verify_every_s=verify_every_s, top=source.top_rows is not None)
        self.state = FeedState(wall, plan, version_column=source.version_column)
        self._source = source
        self._gate = gate
        self._stream = stream
        self._chance = chance
        self._task: asyncio.Task[None] | None = None
        self._holding: set[Listener] = set()
        self.ended = False

    def add(self, listener: Listener) -> None:
        """Start to tell a listener; the first one starts the feed."""
        self.state.listeners.append(listener)
        if self._task is None:
            self.unhold(listener)
        self.state.tell()

    def remove(self, listener: Listener) -> None:
        """Stop to tell a listener."""
        self.state.listeners.remove(listener)
        self._holding.discard(listener)

    def refresh(self) -> None:
        """Want a pass now, end every wait for another attempt, and start again what had failed."""
        self.state.replica.invalidate_all("asked for")
        self.state.wake_passes.set()
        self.state.retry.now()
        self._stream.retry.now()
        if self.state.lifecycle.hold is Hold.FAILED:
            self.state.failure = None
            self.state.apply(Event.RETRIED)
            self._start()

    async def hold(self, listener: Listener) -> None:
        """Let a listener do without news; once all do, leave the stream and stop reading. The rows stay."""
        self._holding.add(listener)
        if self._task is not None and self._holding.issuperset(self.state.listeners):
            await self._stop()
            self.state.apply(Event.PAUSED)

    def unhold(self, listener: Listener) -> None:
        """Give a listener news again, with a pass that begins now if nothing ran."""
        self._holding.discard(listener)
        self.state.replica.invalidate_all("resumed")
        self.state.wake_passes.set()
        if self._task is None:
            self.state.apply(Event.RESUMED)
            self._start()

    async def aclose(self) -> None:
        """Leave the stream politely and give back every connection."""
        await self._stop()
        await self._source.aclose()

    def _start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="rtwidget feed")

    async def _stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _run(self) -> None:
        state, source = self.state, self._source
        health = ReadHealth(state, self._chance)
        announcements = Announcements(state, by_keys=source.top_rows is None)
        self._stream.join(announcements, source)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_raised(announcements.refused))
                group.create_task(KeyReader(state, source, self._gate, health).run())
                group.create_task(PassRunner(state, source, self._gate, health).run())
                if source.top_rows is None:
                    doubt = self._stream.doubt
                    prober = Prober(state, source, self._gate, health=health, doubt=doubt)
                    group.create_task(prober.run())
        except BaseExceptionGroup as caught:
            self._ended(caught)
        finally:
            announcements.refused.cancel()
            await self._stream.leave(announcements)

    def _ended(self, caught: BaseExceptionGroup[BaseException]) -> None:
        errors = _leaves(caught)
        state = self.state
        if any(isinstance(error, IdentityChangedError) for error in errors):
            self.ended = True
            state.reset("another identity", state.rows.schema)
            for listener in tuple(state.listeners):
                listener.identity_changed()
            return
        known = next((error for error in errors if isinstance(error, SourceError)), None)
        if known is None:
            _log.error("A feed stopped by a fault of rtwidget.", exc_info=caught)
            state.failure = RtwidgetError(
                f"A fault in rtwidget stopped this table: {type(errors[0]).__name__}.",
                "Please report it with the log of `logging.getLogger('rtwidget')`; `t.refresh()` starts again.",
            )
        else:
            state.failure = known
        state.stream_trouble = state.reads_trouble = None
        state.apply(Event.FAILED)


async def _raised(refused: asyncio.Future[None]) -> None:
    await refused


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found.extend(_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    return found
