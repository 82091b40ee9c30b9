"""Which tables share a feed, and which a stream; and how feeds are left: by one on its way, and by all at once."""

from __future__ import annotations

import asyncio

from rtwidget.abc import ResolvedSource
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.sharing.registry import Registry
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemorySource
from tests.patience import PATIENCE_S
from tests.unit.feed.bench import Bench, Server, ServerRequest, until_settled, until_state


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


def test_sources_that_hear_the_same_share_a_stream(server: Server) -> None:
    registry, project = Registry(), Project()

    def stream_of(key: str | None) -> SharedStream:
        source = MemorySource(server.table)
        return registry._stream(ResolvedSource("a filter", source, stream_key=key), project)

    one, same, other = stream_of("all"), stream_of("all"), stream_of("others")
    assert one is same
    assert one is not other
    assert stream_of(None) is not stream_of(None)


def test_a_table_closed_while_it_joins_a_feed_holds_it_no_longer(
    workshop: Bench, server: Server
) -> None:
    first = workshop.open(server)
    until_state(first, State.LIVE)
    server.closing = asyncio.Event()
    second = workshop.open(server)
    assert server.closes.wait(10)
    second.close()
    server.closing = None
    first.close()
    assert workshop.registry._feeds == {}
    assert not server.table.streams


def test_a_table_closed_while_it_moves_leaves_the_old_feed_closed(
    workshop: Bench, server: Server
) -> None:
    handle = workshop.open(server)
    until_state(handle, State.LIVE)
    server.closing = asyncio.Event()
    workshop.do(handle._attachment.identity_changed)
    assert server.closes.wait(10)
    handle.close()
    workshop.do(server.closing.set)

    async def until_closed() -> None:
        await asyncio.gather(*workshop.registry._leaving, return_exceptions=True)

    workshop.loop.submit(until_closed()).result(PATIENCE_S)
    assert server.wholly_closed == 1
    assert workshop.registry._feeds == {}


def test_a_feed_that_all_leave_at_once_is_closed_once(workshop: Bench, server: Server) -> None:
    handles = [workshop.open(server), workshop.open(server)]
    for handle in handles:
        until_settled(handle)
    assert server.closed_sources == 1
    feed = handles[0]._attachment._lease
    assert feed is not None
    closings: list[None] = []
    close = feed.feed.aclose

    async def counted() -> None:
        closings.append(None)
        await close()

    feed.feed.aclose = counted  # type: ignore[method-assign]

    def leave() -> None:
        for handle in handles:
            handle._attachment.identity_changed()

    workshop.do(leave)
    for handle in handles:
        until_settled(handle)
    assert len(closings) == 1
