"""From `live_table(source=...)` to a source: who makes it, what was asked, and under which keys equal ones are shared."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rtwidget.abc.own_token import Identity
from rtwidget.abc.source_contract import Source
from rtwidget.abc.table_query import TableQuery


# This one method tells a factory from strings and clients; its name is odd enough that no client of anything has it.
@runtime_checkable
class SourceFactory(Protocol):
    """What `live_table("t", source=...)` takes: a server or a store that has tables, such as `Supabase` and `Postgres`.

    It may be used for any number of tables, from any thread.
    """

    def request_for(self, query: TableQuery) -> SourceRequest:
        """Return the request for one table; contacts nobody, because it runs in the user's cell (any thread).

        What the source cannot do (a filter, a choice of columns, a limit) is refused here, never ignored: rows that
        should not be there would be shown as right. An order without a limit is the view's matter.

        Args:
            query: What is asked for, checked.

        Raises:
            ArgumentError: When the source cannot do what is asked for, or its own arguments cannot work.
        """
        ...


# Between factory and source, because arguments are checked in the user's cell, but only the loop thread can learn
# as whom to read.
class SourceRequest(Protocol):
    """What the user asked for, before it is known as whom: checked arguments, nothing contacted."""

    @property
    def title(self) -> str:
        """The table's name, for people (any thread)."""
        ...

    async def resolve(self) -> ResolvedSource:
        """Return a new source for whoever reads now, after asking for a token where there is one (loop thread only).

        It is called again whenever the table looks for its feed: at the start, after a change of the user, and after
        a failure that time or a new token can end.

        Raises:
            AuthenticationError: When no token could be had.
            SourceError: When nobody can tell as whom to read.
        """
        ...


@dataclass(frozen=True, slots=True)
class ResolvedSource:
    """A source, and the keys under which tables share what they have in common.

    Whatever tells two readers or two queries apart must be in `feed_key`: tables with equal ones show the same rows. Begin
    it with a name of your own, so that it equals no other source's. Secrets go in as digests.

    Args:
        feed_key: Equal for equal queries of the same identity; only one of their sources is used, and the others are closed.
        source: Reads as that identity while its token is lent, and raises `IdentityChangedError` when every token becomes another's.
        project: What shares one budget of reads, and fails together: the server's address.
        stream_key: Equal for sources whose notifications are the same, whatever their filters; None when nobody else's are.
        identity: The table's own token, to be lent before the source is read; outlives the source. None when it can neither change nor end.
    """

    feed_key: Hashable
    source: Source
    project: Hashable = None
    stream_key: Hashable = None
    identity: Identity | None = None
