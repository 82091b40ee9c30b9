"""What a latecomer hears of a stream that others have joined before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import UnreachableError
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.sources.memory import MemorySource
from tests.unit.feed.bench import Server


class Unreachable(MemorySource):
    """A source whose notifications cannot be had for an hour."""

    async def notifications(self) -> AsyncGenerator[Event]:
        for error in (UnreachableError("Nobody answers.", retry_after_s=3600.0),):
            raise error
        yield Live()


class Latecomer:
    """Hears of a stream."""

    def __init__(self) -> None:
        self.lost: list[tuple[str, bool]] = []
        self.told = asyncio.Event()

    def stream_live(self) -> None:
        raise AssertionError

    def stream_doubted(self) -> None:
        raise AssertionError

    def stream_burst(self) -> None:
        raise AssertionError

    def stream_notified(self, notification: Notification) -> None:
        raise AssertionError

    def stream_lost(self, failure: RetryableFailure, *, hopeless: bool) -> None:
        self.lost.append((failure.error.message, hopeless))
        self.told.set()

    def stream_refused(self, error: BaseException) -> None:
        raise AssertionError


async def test_who_joins_a_lost_stream_is_told_so_at_once(server: Server) -> None:
    stream = SharedStream(lambda: 0.0, lambda: 0.5, Project())
    first, second = Latecomer(), Latecomer()
    stream.join(first, Unreachable(server.table))
    await asyncio.wait_for(first.told.wait(), 10)
    stream.join(second, Unreachable(server.table))
    assert second.lost == first.lost == [("Nobody answers.", True)]
    await stream.leave(first)
    await stream.leave(second)
