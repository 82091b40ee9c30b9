"""What a user asks for: a query, as whoever a session names at that time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rtwidget.errors import IdentityChangedError
from rtwidget.sources.base import ResolvedSource
from tests.sim.backend import Backend, Session
from tests.sim.source import SimSource
from tests.sim.table import Query

_ASKED_EVERY_S = 30.0


@dataclass(frozen=True)
class SimIdentity:
    """Whom a session named when a table was opened, and whether it still does."""

    session: Session
    name: str

    def renew_in_s(self) -> float | None:
        return _ASKED_EVERY_S

    async def current(self, *, ask: bool = False) -> object:
        await asyncio.sleep(0.02)
        if ask and self.session.identity != self.name:
            raise IdentityChangedError("The token names somebody else.")
        return self.name


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
        identity = SimIdentity(self.session, query.identity)
        return ResolvedSource(query, source, "project", ("items", query.identity), identity)
