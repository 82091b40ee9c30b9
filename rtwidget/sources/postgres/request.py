"""What the user asked of a PostgreSQL server: arguments refused at the door, then a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rtwidget.abc import ResolvedSource
from rtwidget.sources.postgres.connect.address import Address, checked_address
from rtwidget.sources.postgres.read.terms import conditions_of
from rtwidget.sources.postgres.source import PostgresSource
from rtwidget.abc import TableQuery
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.query.filters import Filter
from rtwidget.abc import Order


class PostgresRequest:
    """A checked request; nothing is contacted before the source is used (made on any thread).

    Args:
        table: The table's name, without its schema.
        source: The connection string, as a secret.
        schema: The table's schema.
        columns: The columns to return; None for all.
        filter: What must hold.
        order_by: The order of the top rows; by key without it.
        limit: How many of them to keep.
        primary_key: The key columns; None for the table's own.
        types: SQL types of columns, instead of the table's own.
        version: The column that every change of a row changes, by trigger or identity; None without one.
        insecure: Whether rows may come from another machine that proves nothing, and in the clear.

    Raises:
        ArgumentError: When an argument cannot work.
        FilterError: When the filter cannot be read, or only PostgREST could.
        CredentialsError: When the connection string cannot work.
    """

    def __init__(
        self,
        table: str,
        *,
        source: object,
        schema: str = "public",
        columns: Sequence[str] | None = None,
        filter: Filter | None = None,  # noqa: A002  (the user's word for it)
        order_by: str | Sequence[str] | None = None,
        limit: int | None = None,
        primary_key: str | Sequence[str] | None = None,
        types: Mapping[str, str] | None = None,
        version: str | None = None,
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
        conditions_of(self._wanted.filters)
        self._address = checked_address(source, insecure=insecure)

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
    def address(self) -> Address:
        """Where to go and as whom."""
        return self._address

    async def resolve(self) -> ResolvedSource:
        """Return the source: a connection string always names the same role (loop thread only)."""
        wanted, address = self._wanted, self._address
        return ResolvedSource(
            feed_key=(address.identity, wanted),
            source=PostgresSource(address, wanted),
            project=address.server,
            stream_key=(address.identity, wanted.schema, wanted.table, wanted.key),
        )
