"""What tables share, and what a latecomer hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from rtwidget.errors import UnreachableError
from rtwidget.feed.retryable_failure import RetryableFailure
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.feed.sharing.project import Project
from rtwidget.feed.sharing.registry import Registry
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.sources.base import Event, Live, Notification
from rtwidget.sources.memory import MemorySource
from rtwidget.sources.resolving import ResolvedSource
from tests.unit.feed.bench import Bench, Server, ServerRequest, until_settled


def test_tables_that_verify_at_their_own_times_share_no_feed(
    workshop: Bench, server: Server
) -> None:
    intervals = []
    for wanted_s in (7.0, 900.0, 7.0):
        handle = TableHandle(ServerRequest(server), wanted_s, workshop.loop, workshop.registry)
        workshop.handles.append(handle)
        until_settled(handle)
        intervals.append(handle.status.interval_s)
    assert intervals == [7.0, 900.0, 7.0]
    assert len(workshop.registry._feeds) == 2


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


def test_sources_that_hear_the_same_share_a_stream(server: Server) -> None:
    registry, project = Registry(), Project()

    def stream_of(key: str | None) -> SharedStream:
        source = MemorySource(server.table)
        return registry._stream(ResolvedSource("a filter", source, stream_key=key), project)

    one, same, other = stream_of("all"), stream_of("all"), stream_of("others")
    assert one is same
    assert one is not other
    assert stream_of(None) is not stream_of(None)
