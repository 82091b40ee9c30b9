"""What the user asked of Supabase: arguments refused at the door, then a source for one identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rtwidget.errors import ArgumentError
from rtwidget.sources.base import ResolvedSource
from rtwidget.sources.filters import Filter, parse_filter
from rtwidget.sources.supabase.credentials import AccessToken, Key, find_credentials
from rtwidget.sources.supabase.order import Order, parse_order
from rtwidget.sources.supabase.source import SupabaseSource
from rtwidget.sources.supabase.sqltypes import checked_types
from rtwidget.sources.supabase.tokens import TokenKeeper
from rtwidget.sources.supabase.wanted import Wanted

MAX_TOP_ROWS = 10_000
"""The greatest `limit`; more is read as a whole table (design section 2, top-N)."""


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
        limit: How many of them to keep, at most `MAX_TOP_ROWS`.
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
        url: str | None = None,
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
        key_columns = None if primary_key is None else _names("primary_key", primary_key)
        _check_limit(limit)
        self._wanted = Wanted(
            schema=_name("schema", schema),
            table=_name("table", table),
            columns=None if columns is None else _names("columns", columns),
            filters=parse_filter(filter),
            order=parse_order(order_by),
            limit=limit,
            key=key_columns,
            types=tuple(sorted(checked_types(types).items())),
            version=None if version is None else _name("version", version),
        )
        self._credentials = find_credentials(
            url=url,
            key=key,
            access_token=access_token,
            client=client,
            realtime_url=realtime_url,
            insecure=insecure,
        )

    @property
    def title(self) -> str:
        """The table's name, for people."""
        return self._wanted.table

    @property
    def order(self) -> tuple[Order, ...]:
        """The order of the rows that was asked for."""
        return self._wanted.order

    async def resolve(self) -> ResolvedSource:
        """Fetch the token, and return the source for the identity that it names (loop thread only).

        Raises:
            AuthenticationError: When no token could be had.
        """
        credentials = self._credentials
        keeper = TokenKeeper(credentials.key, credentials.fetch)
        token = await keeper.current(ask=True)
        keeper.pin(token)
        where = (
            "supabase",
            credentials.endpoint.url,
            credentials.endpoint.socket.digest,
            credentials.key.digest,
        )
        source = SupabaseSource(credentials, self._wanted, keeper)
        wanted = self._wanted
        return ResolvedSource(
            feed_key=(*where, wanted, token.identity),
            source=source,
            project=credentials.endpoint.url,
            stream_key=(*where, wanted.schema, wanted.table, wanted.key, token.identity),
            identity=keeper if keeper.renews else None,
        )


def _check_limit(limit: object) -> None:
    whole = isinstance(limit, int) and not isinstance(limit, bool)
    if limit is not None and not (whole and 0 < limit <= MAX_TOP_ROWS):  # type: ignore[operator]
        raise ArgumentError(
            f"limit is {limit!r}.",
            f"Pass a whole number from 1 to {MAX_TOP_ROWS:,}, or leave it out for all rows.",
        )


def _name(argument: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ArgumentError(f"{argument} is {value!r}.", "Pass a name, such as 'agent_proposals'.")
    return value


def _names(argument: str, value: str | Sequence[str]) -> tuple[str, ...]:
    if not isinstance(value, Iterable):
        raise ArgumentError(
            f"{argument} is of the type {type(value).__name__}, which names no column.",
            f'Pass a list such as {argument}=["id"].',
        )
    names = tuple(_name(argument, one) for one in ((value,) if isinstance(value, str) else value))
    if not names or len(set(names)) < len(names):
        raise ArgumentError(
            f"{argument} names no column, or one twice.", f'Pass a list such as {argument}=["id"].'
        )
    return names
