"""The simulated server without faults, as Realtime and as PostgreSQL, keeps every promise of `rtwidget.abc`; so what the simulation finds is the rule's."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest

from rtwidget.abc import SourceFactory, SourceRequest, TableQuery
from rtwidget.errors import ArgumentError, ConnectionLostError
from rtwidget.testing import SourceConformance, SourceHarness
from tests.sim.checks.oracle import ObservedReplica
from tests.sim.clients.request import SimRequest
from tests.sim.runs.clock import VirtualLoop
from tests.sim.runs.run import end_loop
from tests.sim.runs.stage import CALM, Stage
from tests.sim.runs.world import World
from tests.sim.servers.tokens import Session


@dataclass(frozen=True)
class SimFactory:
    """Makes requests of one user."""

    world: World
    session: Session

    def request_for(self, query: TableQuery) -> SourceRequest:
        """Return the request for all rows, or for the first by score."""
        if query.filters or query.columns:
            raise ArgumentError("The simulation filters by status alone.")
        return SimRequest(self.world.backend, None, query.limit, self.session)


class SimHarness(SourceHarness):
    """A world without chance events, on a virtual clock.

    Args:
        postgres: Whether the server is PostgreSQL, not Realtime.
    """

    table = "items"
    version = "version"

    def __init__(self, *, postgres: bool) -> None:
        self._loop = VirtualLoop()
        plan = replace(CALM, versions=True, postgres=postgres, wants=())
        self._stage = Stage(plan, Random(1), self._loop, [], ObservedReplica)

    def factory(self) -> SourceFactory:
        return SimFactory(self._stage, Session("ann"))

    def unreachable(self) -> SourceFactory:
        self._stage.backend.network.down = True
        self._stage.server.down = True
        return self.factory()

    async def put(self, number: int, text: str) -> None:
        self._stage.put(number, status=text, score=number)

    async def delete(self, number: int) -> None:
        self._stage.delete(number)

    async def renumber(self, number: int, other: int) -> None:
        table = self._stage.table
        record = table.records[number,]
        table.commit({(number,): None, (other,): record}, {(number,): (other,)})

    async def cap_answers(self, rows: int) -> None:
        faults = self._stage.backend.network.faults
        faults.page_cap = faults.key_cap = rows

    async def break_streams(self) -> None:
        self._stage.server.close_all(ConnectionLostError("The server closed."))

    def run(self, test: Coroutine[Any, Any, None]) -> None:
        try:
            self._loop.run_until_complete(test)
        finally:
            end_loop(self._loop)


class TestSimulatedRealtime(SourceConformance):
    @pytest.fixture
    def harness(self) -> SourceHarness:
        return SimHarness(postgres=False)


class TestSimulatedPostgres(SourceConformance):
    @pytest.fixture
    def harness(self) -> SourceHarness:
        return SimHarness(postgres=True)
