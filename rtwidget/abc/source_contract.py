"""The contract of a source (design section 6): it reads, and it says when to read again.

Nothing that a notification carries is ever stored; it only names keys. Every method is called on the loop thread.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from rtwidget.replica.keys import Cell, Key, Row
from rtwidget.replica.schema import Schema


@dataclass(frozen=True, slots=True)
class Live:
    """The server said that changes are announced from now on.

    Args:
        ends_with_connection: Whether announcements cannot end while the connection stays; else a quiet one may be dead.
    """

    ends_with_connection: bool = False


@dataclass(frozen=True, slots=True)
class Notification:
    """Something happened to these rows.

    Args:
        keys: The rows it names, old and new keys of an update both.
        everything: True when it could not name them, so that only a pass helps.
        committed_at: When the change was committed, in Unix seconds by the server's clock, if it said.
    """

    keys: tuple[Key, ...] = ()
    everything: bool = False
    committed_at: float | None = None


Event: TypeAlias = Live | Notification


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the query, ordered by key.

    Args:
        columns: The names of the columns of `rows`; empty when there is no row to tell them from.
        rows: The rows as the server returned them, in its order.
        wire_bytes: The size of the answer on the wire, in bytes.
        total: About how many rows the whole query has; told with the first page only, for progress.
        size_bytes: The size of the answer before compression, in bytes; 0 where it is not known.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    wire_bytes: int = 0
    total: int | None = None
    size_bytes: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class Answer(Page):
    """The answer to a read of keys.

    Args:
        whole: Whether it is known that no asked row was left out (servers cap answers silently).
    """

    whole: bool = False


@dataclass(frozen=True, slots=True)
class Watermark:
    """A cheap digest of the query's answer.

    Args:
        rows: How many rows the query has now, or None when the source did not count.
        newest: Key and version of the row with the greatest version, or None without a version column.
    """

    rows: int | None
    newest: tuple[Key, Cell] | None = None


class Source(Protocol):
    """A query on one table, read as one role and one identity.

    Cheap to make: nothing is contacted before the first call.
    """

    @property
    def top_rows(self) -> int | None:
        """How many rows a top-N query keeps; None for a query without a limit."""
        ...

    @property
    def version_column(self) -> str | None:
        """The column that every change of a row changes, by trigger or identity; None when there is none."""
        ...

    async def describe(self) -> Schema:
        """Return key columns, and the names and types that the source can know.

        Raises:
            SourceError: When the table, a named column or the credentials are refused, or nothing answers.
        """
        ...

    async def last_key(self) -> Key | None:
        """Return the greatest key of the query now, or None when it has no row."""
        ...

    async def next_key(self, after: Key | None, until: Key | None) -> Key | None:
        """Return the first key with `after < key <= until`, or None; nothing else of its row is read."""
        ...

    async def key_bounds(self, parts: int) -> list[Key]:
        """Return at most `parts - 1` keys that cut the query's rows into about equal ranges, in the database's order.

        They are only good for speed: ranges that join at any keys cover the same rows.
        """
        ...

    async def read_page(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return the rows with `after < key <= until`, ordered by key.

        Args:
            after: The last key that the previous page returned; None for the first page.
            until: The greatest key to return; None for no bound.
            limit: How many rows to return at most; servers may return fewer without saying so.
        """
        ...

    async def read_versions(self, after: Key | None, until: Key | None, limit: int) -> Page:
        """Return key and version of the rows that `read_page` would return; only with a version column."""
        ...

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        """Return the rows of the query that have one of these keys."""
        ...

    async def read_top(self, limit: int, page_rows: int) -> Answer:
        """Return the first rows of the query in the user's order (top-N), at most `limit`."""
        ...

    async def ping(self) -> None:
        """Ask the database for nothing, as the reader, to see whether it answers.

        Raises:
            SourceError: When it does not, or refuses.
        """
        ...

    async def probe(self) -> Watermark | None:
        """Return a cheap digest, or None when the source has none."""
        ...

    def notifications(self) -> AsyncGenerator[Event]:
        """Run one connection's life: `Live`, then notifications; raises at the first doubt.

        Disposable: one call, one socket, one join. Leaving the iterator (`aclose`) leaves the stream politely.

        Raises:
            ConnectionLostError: When the stream ended or can no longer be trusted.
            NotificationsUnavailableError: When the table will never be announced as it stands.
            AuthenticationError: When the token was refused.
        """
        ...

    async def aclose(self) -> None:
        """Give back every connection."""
        ...
