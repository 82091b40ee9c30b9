"""What the user asked of Supabase: arguments refused at the door, then a source for one identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rtwidget.abc import ResolvedSource
from rtwidget.abc import TableQuery
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.query.filters import Filter
from rtwidget.abc import Order
from rtwidget.sources.supabase.credentials.credentials import (
    AccessToken,
    Credentials,
    Key,
    find_credentials,
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
        table: The table's name, without its schema.
        url: The project's URL; else the client's, else the environment's.
        key: The project's key; found in the same way.
        access_token: A user's token, or a function that returns a fresh one.
        client: A supabase-py client whose URL, key and session are used.
        schema: The table's schema.
        columns: The columns to return; None for all.
        filter: What must hold.
        order_by: The order of the top rows; by key without it.
        limit: How many of them to keep.
        primary_key: The key columns; None to find them out.
        types: SQL types of columns, where the API does not tell.
        version: The column that every change of a row changes, by trigger or identity; None without one.
        realtime_url: The whole websocket URL of a self-hosted server.
        insecure: Whether keys may travel in the clear to other machines.

    Raises:
        ArgumentError: When an argument cannot work.
        FilterError: When the filter cannot be read.
        CredentialsError: When URL or key are missing or cannot work.
    """

    def __init__(
        self,
        table: str,
        *,
        url: Key | None = None,
        key: Key | None = None,
        access_token: AccessToken | None = None,
        client: object | None = None,
        schema: str = "public",
        columns: Sequence[str] | None = None,
        filter: Filter | None = None,  # noqa: A002  (the user's word for it)
        order_by: str | Sequence[str] | None = None,
        limit: int | None = None,
        primary_key: str | Sequence[str] | None = None,
        types: Mapping[str, str] | None = None,
        version: str | None = None,
        realtime_url: Key | None = None,
        insecure: bool = False,
    ) -> None:
        self._wanted = checked_query(
            table,
            schema=schema,
            columns=columns,
            filter=filter,
            order_by=order_by,
            limit=limit,
            primary_key=primary_key,
            types=types,
            version=version,
        )
        self._credentials = find_credentials(
            url=url,
            key=key,
            access_token=access_token,
            client=client,
            realtime_url=realtime_url,
            insecure=insecure,
        )
        self._patience = Patience()
        self.reader: str | None = None
        """The identity that the token named when it was resolved last."""

    @property
    def title(self) -> str:
        """The table's name, for people."""
        return self._wanted.table

    @property
    def order(self) -> tuple[Order, ...]:
        """The order of the rows that was asked for."""
        return self._wanted.order

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
