"""What a user asks for: a query, as whoever a session names at that time."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.abc import ResolvedSource
from rtwidget.sources.supabase.credentials.identity import Token, claims_of
from rtwidget.sources.supabase.tokens.lent_token import LentToken
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from tests.sim.clients.source import SimSource
from tests.sim.servers.backend import Backend
from tests.sim.servers.table import Query
from tests.sim.servers.tokens import KEY, Session


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
        tokens = self.backend.tokens
        keeper = TokenKeeper(KEY, self.session.source(tokens.wall), tokens.wall)
        token = await keeper.current(ask=True)
        keeper.pin(token)
        name = str((claims_of(token.secret) or {})["sub"])
        pool = tokens.pool(name)
        query = Query(name, self.status, self.top)
        source = SimSource(self.backend, query, pool)
        identity = LentToken(keeper, pool, self._prove)
        return ResolvedSource(query, source, "project", ("items", name), identity)

    async def _prove(self, token: Token) -> None:
        await self.backend.network.ask("proof", lambda: self.backend.tokens.demand(token))
