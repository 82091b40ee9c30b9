"""What one feed does at the same time while it runs: it listens, reads keys and passes, pings, probes and looks for losses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rtwidget.abc import Source
from rtwidget.feed.notification_handler import NotificationHandler
from rtwidget.feed.passes.pass_runner import PassRunner
from rtwidget.feed.reads.key_reader import KeyReader
from rtwidget.feed.reads.pinger import Pinger
from rtwidget.feed.reads.prober import Prober
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.reads.read_health import ReadHealth
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.feed.stream.loss_watch import LossWatch
from rtwidget.feed.stream.shared_stream import SharedStream


class FeedTasks:
    """The tasks of one feed, all begun and ended together; loop thread only.

    Args:
        state: The feed's state, which outlives each run.
        source: Where notifications and reads come from.
        project: What the feed shares with the other feeds of the project.
        stream: The table's notifications.
        chance: Uniform random numbers in [0, 1), for jitter.
        chains_from_rows: From how many rows on a pass is read in several chains.
    """

    def __init__(
        self,
        state: FeedState,
        source: Source,
        project: Project,
        stream: SharedStream,
        *,
        chance: Callable[[], float],
        chains_from_rows: int,
    ) -> None:
        self._state = state
        self._source = source
        self._project = project
        self._stream = stream
        self._chance = chance
        self._chains_from_rows = chains_from_rows

    async def run(self, failed: Callable[[BaseExceptionGroup[BaseException]], None]) -> None:
        """Run until cancelled, or until one task fails, which ends the others.

        Args:
            failed: Told of what, before the stream is left: whoever starts the feed again need not wait for goodbyes.
        """
        state, source, project = self._state, self._source, self._project
        # Made anew for each run, because what an earlier run learned of failures may have passed.
        health = ReadHealth(state, self._chance, project)
        context = ReadContext(state, source, project.rate_limiter, health)
        handler = NotificationHandler(state, by_keys=source.top_rows is None)
        # Joined before the first read begins: what is committed from then on is announced.
        self._stream.join(handler, source)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_raised(handler.refused))
                group.create_task(KeyReader(context).run())
                group.create_task(PassRunner(context, self._chains_from_rows).run())
                group.create_task(Pinger(context, project).run())
                group.create_task(LossWatch(state, self._stream.doubt).run())
                if source.top_rows is None:
                    # A probe counts the whole query, of which a top-N table holds only the first rows.
                    group.create_task(Prober(context).run())
        except BaseExceptionGroup as caught:
            failed(caught)
        finally:
            handler.refused.cancel()
            await self._stream.leave(handler)


async def _raised(refused: asyncio.Future[None]) -> None:
    await refused
