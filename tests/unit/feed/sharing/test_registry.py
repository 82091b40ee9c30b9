"""Which tables share a feed, and which a stream."""

from __future__ import annotations

from rtwidget.abc import ResolvedSource
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.sharing.registry import Registry
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.sources.memory import MemorySource
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


def test_sources_that_hear_the_same_share_a_stream(server: Server) -> None:
    registry, project = Registry(), Project()

    def stream_of(key: str | None) -> SharedStream:
        source = MemorySource(server.table)
        return registry._stream(ResolvedSource("a filter", source, stream_key=key), project)

    one, same, other = stream_of("all"), stream_of("all"), stream_of("others")
    assert one is same
    assert one is not other
    assert stream_of(None) is not stream_of(None)
