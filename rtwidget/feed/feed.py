"""A feed: one query, read as one identity, kept equal to the database while somebody holds a lease."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from rtwidget.abc import Source
from rtwidget.errors import IdentityChangedError, SourceError, fault
from rtwidget.feed.feed_listener import FeedListener
from rtwidget.feed.feed_tasks import FeedTasks
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.replica.budgets import CHAINS_FROM_ROWS
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.states.lifecycle import Event, Hold

_log = logging.getLogger("rtwidget")


class Feed:
    """Supervises the stream, the key reads and the passes of one source; loop thread only.

    Args:
        source: Where notifications and reads come from; the feed closes it.
        project: What it shares with the other feeds of the project.
        stream: The table's notifications, perhaps shared with other feeds.
        verify_every_s: The user's interval between passes, or None for the budgeted one.
        wall: The wall clock, in Unix seconds.
        chance: Uniform random numbers in [0, 1), for jitter.
        chains_from_rows: From how many rows on a pass is read in several chains.
    """

    def __init__(
        self,
        source: Source,
        project: Project,
        stream: SharedStream,
        *,
        verify_every_s: float | None,
        wall: Callable[[], float],
        chance: Callable[[], float],
        chains_from_rows: int = CHAINS_FROM_ROWS,
    ) -> None:
        plan = PassPlan(verify_every_s=verify_every_s, top=source.top_rows is not None)
        self.state = FeedState(wall, plan, version_column=source.version_column)
        self._source = source
        self._stream = stream
        self._tasks = FeedTasks(
            self.state, source, project, stream, chance=chance, chains_from_rows=chains_from_rows
        )
        self._task: asyncio.Task[None] | None = None
        self._failing: asyncio.Task[None] | None = None
        self._paused: set[FeedListener] = set()
        self._transition = asyncio.Lock()
        self._transitions: set[asyncio.Task[None]] = set()
        self.ended = False

    def reads(self, source: Source) -> bool:
        """Return whether this is the source that the feed reads."""
        return source is self._source

    def add(self, listener: FeedListener) -> None:
        """Start to tell a listener; starts the feed if it does not run."""
        self.state.listeners.append(listener)
        self.state.tell()
        self._start_or_stop_soon(start=True)

    def remove(self, listener: FeedListener) -> None:
        """Stop to tell a listener; others that do without news let the feed rest."""
        self.state.listeners.remove(listener)
        self._paused.discard(listener)
        self._start_or_stop_soon(start=False)

    def refresh(self) -> None:
        """Want a pass now, end every wait for another attempt, and start again what had failed."""
        self._retried()
        self._want_pass("asked for")
        self.state.retry.now()
        self._stream.retry.now()
        self._start_or_stop_soon(start=True)

    def pause(self, listener: FeedListener) -> None:
        """Let a listener do without news; once all do, leave the stream and stop reading. The rows stay."""
        self._paused.add(listener)
        self._start_or_stop_soon(start=False)

    def resume(self, listener: FeedListener) -> None:
        """Give a listener news again, with a pass that begins now."""
        self._paused.discard(listener)
        self._want_pass("resumed")
        # The listener's token may name somebody else by now, and others may have kept the feed awake meanwhile.
        self.state.ask_identities.now()
        self._start_or_stop_soon(start=True)

    async def aclose(self) -> None:
        """Leave the stream politely and give back every connection."""
        self.ended = True
        async with self._transition:
            await self._stop()
        if self._failing is not None:
            await asyncio.wait([self._failing])
        await self._source.aclose()

    def _want_pass(self, reason: str) -> None:
        self.state.replica.invalidate_all(reason)
        self.state.plan.ask(asyncio.get_running_loop().time())
        self.state.wake_passes.set()

    def _start_or_stop_soon(self, *, start: bool) -> None:
        task = asyncio.get_running_loop().create_task(self._start_or_stop(start=start))
        self._transitions.add(task)
        task.add_done_callback(self._transitions.discard)

    async def _start_or_stop(self, *, start: bool) -> None:
        """Run while some listener wants news, and rest while none does; one change at a time."""
        async with self._transition:
            if self.ended:
                return
            wanted = not self._paused.issuperset(self.state.listeners)
            running = self._task is not None and not self._task.done()
            if running and not wanted:
                await self._stop()
                self.state.apply(Event.PAUSED)
            elif wanted and start and not running:
                self._retried()
                self.state.apply(Event.RESUMED)
                self.state.ask_identities.now()
                run = self._tasks.run(self._failed)
                self._task = asyncio.create_task(run, name="rtwidget feed")

    def _retried(self) -> None:
        if self.state.lifecycle.hold is Hold.FAILED:
            self.state.failure = None
            self.state.apply(Event.RETRIED)

    async def _stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    def _failed(self, caught: BaseExceptionGroup[BaseException]) -> None:
        # This run still has to leave the stream, which a new one need not wait for.
        self._failing, self._task = self._task, None
        errors = _leaves(caught)
        state = self.state
        if any(isinstance(error, IdentityChangedError) for error in errors):
            # Rows of one person must never be shown to another, so this feed is not started again.
            self.ended = True
            state.reset("another identity", state.rows.schema)
            for listener in tuple(state.listeners):
                listener.identity_changed()
            return
        known = next((error for error in errors if isinstance(error, SourceError)), None)
        if known is None:
            _log.error("A feed stopped by a fault of rtwidget.", exc_info=caught)
        state.failure = known or fault(errors[0])
        state.stream_failure = state.reads_failure = None
        state.apply(Event.FAILED)


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    # A task that awaits others at once raises a group of its own inside the feed's.
    found: list[BaseException] = []
    for error in group.exceptions:
        found.extend(_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    return found
