"""The tasks of a feed begin and end together, and the stream is joined before and left after them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rtwidget.abc import Source, Watermark
from rtwidget.errors import IdentityChangedError, PermissionDeniedError
from rtwidget.feed.feed_tasks import FeedTasks
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.state import FeedState
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.feed.stream.stream_listener import StreamListener
from rtwidget.replica.schedule.pass_plan import PassPlan
from rtwidget.replica.schema import Schema
from rtwidget.sources.memory import MemorySource
from tests.unit.feed.bench import Server
from tests.unit.feed.virtual import played

Log = list[str]
Scene = Callable[["asyncio.Future[None]", "Stream"], Awaitable[None]]


class Stream(SharedStream):
    """Live at once for whoever joins; notes who does and who leaves."""

    def __init__(self, log: Log, project: Project) -> None:
        super().__init__(lambda: 0.0, lambda: 0.5, project)
        self.joined: list[StreamListener] = []
        self._log = log

    def join(self, listener: StreamListener, source: Source) -> None:
        self._log.append("joined")
        self.joined.append(listener)
        listener.stream_live()

    async def leave(self, listener: StreamListener) -> None:
        await asyncio.sleep(0)
        self._log.append("left")
        self.joined.remove(listener)


class Described(MemorySource):
    """Notes what it is asked; its description may be refused, and it may read the first rows only."""

    def __init__(self, log: Log, *, refused: bool = False, top: int | None = None) -> None:
        super().__init__(Server().table)
        self._log, self._refused, self._top = log, refused, top

    @property
    def top_rows(self) -> int | None:
        return self._top

    async def describe(self) -> Schema:
        self._log.append("described")
        if self._refused:
            raise PermissionDeniedError("No.", "Grant it.")
        return await super().describe()

    async def probe(self) -> Watermark | None:
        self._log.append("probed")
        return await super().probe()


def ran(log: Log, source: Described, scene: Scene) -> None:
    """Play a scene while the tasks of a feed run on a virtual clock."""

    async def run() -> None:
        state, project = FeedState(lambda: 0.0, PassPlan()), Project()
        stream = Stream(log, project)
        tasks = FeedTasks(
            state, source, project, stream, chance=lambda: 0.5, chains_from_rows=1_000
        )

        def failed(caught: BaseExceptionGroup[BaseException]) -> None:
            log.extend(type(error).__name__ for error in caught.exceptions)

        running = asyncio.ensure_future(tasks.run(failed))
        await scene(running, stream)
        assert running.done()
        assert stream.joined == []
        # Nothing that was begun goes on.
        assert asyncio.all_tasks() == {asyncio.current_task()}

    played(run)


def test_one_that_fails_ends_all_and_is_told_before_the_stream_is_left() -> None:
    log: Log = []

    async def scene(running: asyncio.Future[None], _stream: Stream) -> None:
        await running

    ran(log, Described(log, refused=True), scene)
    assert log == ["joined", "described", "PermissionDeniedError", "left"]


def test_the_end_of_the_stream_ends_all() -> None:
    log: Log = []

    async def scene(running: asyncio.Future[None], stream: Stream) -> None:
        await asyncio.sleep(5)
        stream.joined[0].stream_refused(IdentityChangedError("Somebody else."))
        # By the virtual clock, which would otherwise go on for ever.
        async with asyncio.timeout(5):
            await running

    ran(log, Described(log), scene)
    assert log[-2:] == ["IdentityChangedError", "left"]


def test_a_feed_that_is_stopped_leaves_the_stream_and_failed_of_nothing() -> None:
    log: Log = []

    async def scene(running: asyncio.Future[None], _stream: Stream) -> None:
        await asyncio.sleep(5)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    ran(log, Described(log), scene)
    assert [one for one in log if one != "probed"] == ["joined", "described", "left"]


@pytest.mark.parametrize("top", [None, 10])
def test_a_table_of_the_first_rows_is_not_probed(top: int | None) -> None:
    log: Log = []

    async def scene(running: asyncio.Future[None], _stream: Stream) -> None:
        await asyncio.sleep(600)
        running.cancel()
        await asyncio.wait([running])

    ran(log, Described(log, top=top), scene)
    assert ("probed" in log) is (top is None)
