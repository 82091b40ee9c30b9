"""What a table asks of a PostgreSQL server, and the source for it."""

from __future__ import annotations

from rtwidget.abc import ResolvedSource, TableQuery
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.read.terms import conditions_of
from rtwidget.sources.postgres.source import PostgresSource


class PostgresRequest:
    """A checked request; nothing is contacted before the source is used (made on any thread).

    Args:
        query: What to read.
        address: Where to go, and as whom.

    Raises:
        FilterError: When only PostgREST could read the filter.
    """

    def __init__(self, query: TableQuery, address: Address) -> None:
        conditions_of(query.filters)
        self._wanted = query
        self._address = address

    @property
    def title(self) -> str:
        """The table's name, for people."""
        return self._wanted.table

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
