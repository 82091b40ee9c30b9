"""How feeds are left: by a table that is closed on its way to or from one, and by all at once."""

from __future__ import annotations

import asyncio

from rtwidget.replica.states.table_state import State
from tests.patience import PATIENCE_S
from tests.unit.feed.bench import Bench, Server, until_settled, until_state


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
