"""A harness that arranges everything for the source in memory that can do everything."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from rtwidget.abc import (
    SourceFactory,
)
from rtwidget.errors import ConnectionLostError
from rtwidget.testing import SourceHarness
from tests.sim.runs.clock import VirtualLoop
from tests.sim.runs.run import end_loop
from tests.unit.testing.full_source import FullFactory, FullRequest, FullSource, Server


class FullHarness(SourceHarness):
    """Arranges everything.

    Args:
        source: The kind of source under test.
        request: The kind of its requests.
    """

    version = "version"

    def __init__(
        self, source: type[FullSource] = FullSource, request: type[FullRequest] = FullRequest
    ) -> None:
        self.server = Server()
        self._source, self._request = source, request

    def factory(self) -> SourceFactory:
        return FullFactory(self.server, self._source, self._request)

    async def put(self, number: int, text: str) -> None:
        self.server.writes += 1
        self.server.table.put((number, text, self.server.writes))

    async def delete(self, number: int) -> None:
        self.server.table.delete((number,))

    async def renumber(self, number: int, other: int) -> None:
        _, text, version = self.server.table.rows[number,]
        self.server.table.delete((number,))
        self.server.table.put((other, text, version))

    async def cap_answers(self, rows: int) -> None:
        self.server.cap = rows

    async def break_streams(self) -> None:
        self.server.table.break_streams(ConnectionLostError("It broke."))

    def run(self, test: Coroutine[Any, Any, None]) -> None:
        # On a virtual clock, because what a broken source never says would be waited for.
        loop = VirtualLoop()
        try:
            loop.run_until_complete(test)
        finally:
            end_loop(loop)

    def unreachable(self) -> SourceFactory:
        return FullFactory(Server(down=True), self._source, self._request)
