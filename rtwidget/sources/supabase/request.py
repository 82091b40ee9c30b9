"""What a table asks of Supabase, and the source for the identity that its token names."""

from __future__ import annotations

from rtwidget.abc import ResolvedSource, TableQuery
from rtwidget.sources.supabase.credentials.credentials import (
    Credentials,
)
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.rest.rest_reads import RestClient, Rows
from rtwidget.sources.supabase.source import SupabaseSource
from rtwidget.sources.supabase.tokens.lent_token import LentToken
from rtwidget.sources.supabase.tokens.refusal_patience import Patience
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.token_pools import pool_of


class SupabaseRequest:
    """A checked request; nothing is contacted before `resolve` (made on any thread).

    Args:
        query: What to read.
        credentials: Where to go and as whom.
    """

    def __init__(self, query: TableQuery, credentials: Credentials) -> None:
        self._wanted = query
        self._credentials = credentials
        self._patience = Patience()
        self.reader: str | None = None
        """The identity that the token named when it was resolved last."""

    @property
    def title(self) -> str:
        """The table's name, for people."""
        return self._wanted.table

    @property
    def wanted(self) -> TableQuery:
        """What to read."""
        return self._wanted

    @property
    def credentials(self) -> Credentials:
        """Where to go and as whom."""
        return self._credentials

    async def resolve(self) -> ResolvedSource:
        """Fetch the token, and return the source for the identity that it names (loop thread only).

        Raises:
            AuthenticationError: When no token could be had.
        """
        credentials = self._credentials
        keeper = TokenKeeper(credentials.key, credentials.fetch, patience=self._patience)
        token = await keeper.current(ask=True)
        keeper.pin(token)
        self.reader = token.identity
        where = (
            "supabase",
            credentials.endpoint.url,
            credentials.endpoint.socket.digest,
            credentials.key.digest,
        )
        pool = pool_of((*where, token.identity))
        wanted = self._wanted
        return ResolvedSource(
            feed_key=(*where, wanted, token.identity),
            source=SupabaseSource(credentials, wanted, pool),
            project=credentials.endpoint.url,
            stream_key=(*where, wanted.schema, wanted.table, wanted.key, token.identity),
            identity=LentToken(keeper, pool, self._prove),
        )

    async def _prove(self, token: Token) -> Rows:
        rest = RestClient(self._credentials.endpoint, self._credentials.key, self._wanted)
        try:
            return await rest.rows("limit=0", token)
        finally:
            await rest.aclose()
