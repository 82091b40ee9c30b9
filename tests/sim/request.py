"""What a user asks for: a query, as whoever a session names at that time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rtwidget.sources.base import ResolvedSource
from tests.sim.backend import Backend, Session
from tests.sim.source import SimSource
from tests.sim.table import Query


@dataclass(frozen=True)
class SimRequest:
    """The request of one user."""

    backend: Backend
    status: str | None
    top: int | None
    session: Session

    @property
    def title(self) -> str:
        return "items"

    async def resolve(self) -> ResolvedSource:
        await asyncio.sleep(0.02)
        query = Query(self.session.identity, self.status, self.top)
        source = SimSource(self.backend, query, self.session)
        return ResolvedSource(query, source, "project", ("items", query.identity))
