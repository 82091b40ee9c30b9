"""A query with a limit is read whole or not at all: rows that moved while they were paged prove nothing."""

from __future__ import annotations

from threading import Event

from rtwidget.abc import Answer, ResolvedSource
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.replica.states.table_state import State
from tests.patience import PATIENCE_S
from tests.unit.feed.bench import (
    Bench,
    Server,
    ServerRequest,
    ServerSource,
    names,
    until,
    until_state,
)


class TornSource(ServerSource):
    """Answers a part of the top rows until it is mended, and says that it may be one."""

    torn = True
    reads = 0

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.read_again = Event()

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        self.reads += 1
        if self.reads > 1:
            self.read_again.set()
        answer = await super().read_top(limit, page_rows)
        return Answer(answer.columns, answer.rows[1:], whole=False) if self.torn else answer


class TornRequest(ServerRequest):
    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.source = TornSource(server)

    async def resolve(self) -> ResolvedSource:
        return ResolvedSource(id(self), self.source)


def test_a_top_n_answer_that_is_not_whole_is_discarded_and_read_again(workshop: Bench) -> None:
    server = Server(top=2)
    server.table.rows.update({(key,): (key, "row") for key in (5, 6, 7)})
    request = TornRequest(server)
    handle = TableHandle(request, None, workshop.loop, workshop.registry)
    workshop.handles.append(handle)
    assert request.source.read_again.wait(PATIENCE_S)
    assert names(handle) == {}
    assert handle.status.verified_at is None
    request.source.torn = False
    until(handle, {5: "row", 6: "row"})
    until_state(handle, State.LIVE)
